// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Gives what a command names the names of the scratch folder: files, sockets, nodes; and notes what has to be there
/// before the command is sent. The rules are in scratchrules.h.

#include "engine/reproduce/scratchnames.h"
#include "engine/reproduce/scratchneeds.h"
#include "engine/reproduce/scratchrules.h"

#include <optional>
#include <set>

namespace blockscope {

class ScratchRewriter
{
public:
    /// \a files are the images that are there, by their names in the file. All must outlive the rewriter.
    ScratchRewriter(ScratchNames &names, const std::set<std::string> &files, ScratchNeeds &needs)
        : m_names(names), m_files(files), m_needs(needs)
    {
    }

    /// Why \a command is not sent, if it is not; then its \a arguments are half changed.
    [[nodiscard]] std::optional<Unplayed> rewriteCommand(const std::string &command, Object &arguments);
    /// Gives nodes and devices that are named in \a value the names that they have in the folder.
    void rename(Value &value) const;
    /// Our name of \a filename; when none is there an image is made for it, of that \a driver if it is a format.
    [[nodiscard]] std::string openImage(const std::string &filename, const std::string &driver);

private:
    std::optional<Unplayed> rewriteArgument(Meaning meaning, const std::string &name, Value &value,
                                            const Object &arguments);
    /// drive-mirror and its like make their file, but in the mode "existing"; who takes no mode opens it.
    static bool opensExisting(const Object &arguments);
    /// nbd-server-start wraps an address in "data", block-export-add does not.
    Value socketAt(const Value &address, const Object &arguments);
    std::optional<Unplayed> rewriteActions(Value &value);
    /// Options of a driver: a reference, one driver's, or a list of them. \a format is that of the node above.
    std::optional<Unplayed> rewriteOptions(Value &value, const std::string &format);
    std::optional<Unplayed> rewriteOptions(Object &options, const std::string &format = {});
    std::optional<Unplayed> rewriteOption(const std::string &name, Value &value, const std::string &driver,
                                          const std::string &format);
    void slowDown(Object &arguments) const;

    ScratchNames &m_names;
    const std::set<std::string> &m_files;
    ScratchNeeds &m_needs;
};

} // namespace blockscope
