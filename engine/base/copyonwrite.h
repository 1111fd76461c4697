// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A value that is shared until it is changed: copying costs a reference
/// count, the first edit after a copy clones.
///
/// Thread: copies may live on different threads; one copy belongs to one
/// thread at a time.

#include <memory>
#include <utility>

namespace blockscope {

template <class T>
class CopyOnWrite
{
public:
    CopyOnWrite() : m_value(std::make_shared<T>()) {}
    CopyOnWrite(T value) : m_value(std::make_shared<T>(std::move(value))) {}

    const T &operator*() const { return *m_value; }
    const T *operator->() const { return m_value.get(); }

    /// The value, for changing; nobody else sees the change. The reference is
    /// good until this object is copied or assigned.
    [[nodiscard]] T &edit()
    {
        if (m_value.use_count() != 1)
            m_value = std::make_shared<T>(*m_value);
        return *m_value;
    }

    /// True when both are known to hold the same value without comparing it.
    [[nodiscard]] bool isSharedWith(const CopyOnWrite &other) const { return m_value == other.m_value; }

    friend bool operator==(const CopyOnWrite &a, const CopyOnWrite &b)
    {
        return a.m_value == b.m_value || *a.m_value == *b.m_value;
    }

private:
    std::shared_ptr<T> m_value;
};

} // namespace blockscope
