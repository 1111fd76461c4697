// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// QEMU's error texts taken apart: what each says and whom it names. The texts are those of operations.md 2.3 and of
/// what was recorded from QEMU 7.2 (tests/data/qemu/errors.txt).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blockscope {

/// Something that a text names.
struct ErrorPart
{
    enum class Kind : char {
        Node = 'n',        ///< a node-name
        Device = 'd',      ///< a BlockBackend, a device, or a node
        Job = 'j',         ///< a job-id
        User = 'u',        ///< "block device 'vda'", "an unnamed block device", "node 'top'", "commit job 'c0'"
        Permissions = 'p', ///< "consistent read, write"
        Role = 'r',        ///< how a link is called: "backing"
        Image = 'i',       ///< a file name
        Other = 'x'
    };

    Kind kind = Kind::Other;
    std::string text;

    friend bool operator==(const ErrorPart &, const ErrorPart &) = default;
};

struct ErrorText
{
    std::string_view pattern; ///< as in the table: "Node '%d' is busy: block device is in use by block job: %x"
    std::vector<ErrorPart> parts;

    /// The parts of that kind, in the order of the text.
    [[nodiscard]] std::vector<std::string> of(ErrorPart::Kind kind) const;
};

/// Longer texts are not looked at.
inline constexpr std::size_t kMaximumErrorText = 8192;

/// Takes \a text apart, without what QEMU, its tools or libvirt put before it ("Could not create node: "), or out of a
/// reply of QMP; nothing when it is none that is known.
[[nodiscard]] std::optional<ErrorText> readErrorText(std::string_view text);
/// The known pattern with most words in common with \a text; empty when none has many.
[[nodiscard]] std::string nearestErrorText(std::string_view text);

} // namespace blockscope
