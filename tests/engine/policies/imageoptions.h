// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Images as blockdev-add takes them, for tools and processes that QEMU opens them for.

#include "engine/base/value.h"
#include "tests/engine/policies/imagetools.h"

#include <string>

namespace blockscope::test {

inline std::string formatOf(const std::string &filename)
{
    return filename.ends_with(".qcow2") ? "qcow2" : "raw";
}

/// What a backing file that only the header names is called here, below the node \a top.
inline std::string backingName(const std::string &top, const std::string &filename)
{
    return top + "-" + filename;
}

void addBacking(Object &options, const std::string &filename, const std::string &top);

/// The options of an image, and of its backing files, as blockdev-add takes them.
inline Object imageOptions(const std::string &filename, const std::string &name, bool isWritable, bool withBacking)
{
    Object options{{"driver", formatOf(filename)},
                   {"node-name", name},
                   {"read-only", !isWritable},
                   {"file", Object{{"driver", "file"}, {"filename", filename}}}};
    if (withBacking)
        addBacking(options, filename, name);
    return options;
}

/// Says in \a options what the backing file of \a filename is, or that it has none; nothing where its format knows no
/// such thing. The topmost overlay is \a top.
inline void addBacking(Object &options, const std::string &filename, const std::string &top)
{
    if (formatOf(filename) != "qcow2")
        return;
    const std::string backing = backingOf(filename);
    if (backing.empty()) {
        options["backing"] = Value();
        return;
    }
    Object below = imageOptions(backing, backingName(top, backing), false, false);
    addBacking(below, backing, top);
    options["backing"] = std::move(below);
}

} // namespace blockscope::test
