// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/switchtext.h"

#include <QCoreApplication>

#include <array>

namespace blockscope {

namespace {

struct Switches
{
    Q_DECLARE_TR_FUNCTIONS(Switches)
};

struct Row
{
    const char *title;
    const char *detail;
};

// By Switch.
constexpr std::array<Row, kSwitchCount> kRows{{
    {QT_TRANSLATE_NOOP("Switches", "No holder allows everything"),
     QT_TRANSLATE_NOOP("Switches", "The RFC takes the AND of the Allow flags of all operations on a node, and does not "
                                   "say what it is when there is none. On: everything is allowed. Off: nothing is.")},
    {QT_TRANSLATE_NOOP("Switches", "Both halves of the rule"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a newcomer is refused for what it requires and for what it does not allow, so the "
                       "order of two operations does not matter. Off: only for what it requires.")},
    {QT_TRANSLATE_NOOP("Switches", "Default Allow is nothing"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a claim that allows nothing locks the node, as the RFC's default says. Off: it is "
                       "read as allowing everything.")},
    {QT_TRANSLATE_NOOP("Switches", "Unlisted nodes are not protected"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: only nodes that an operation lists are claimed. Off: all that is below a listed "
                       "node is locked.")},
    {QT_TRANSLATE_NOOP("Switches", "Graph lock"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: nobody changes the graph between listing the nodes of a request and acquiring them "
                       "(Eric Blake). Off: the list may be stale when it is used.")},
    {QT_TRANSLATE_NOOP("Switches", "Acquire everything first"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a refused operation leaves nothing behind. Off: it has prepared its target before it "
                       "asks, as drive-mirror did in 2015.")},
    {QT_TRANSLATE_NOOP("Switches", "Guests, exports and links hold claims"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: users and links hold claims from attach to detach. Off: only operations do, as in "
                       "the text of the RFC, and an operation that has ended protects nothing.")},
    {QT_TRANSLATE_NOOP("Switches", "Readers claim their node alone"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: reading a node includes its backing files, which are not claimed. Off: they are, and "
                       "hardly a commit can run under a guest.")},
    {QT_TRANSLATE_NOOP("Switches", "Writers claim all that changes"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: who changes a node claims MV on every node above that shows other data then. Off: on "
                       "the written node alone; shared base images are not protected.")},
    {QT_TRANSLATE_NOOP("Switches", "Copies list their data chain"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a mirror or a backup claims the backing files that supply its data. Off: its source "
                       "alone, so a commit below it is allowed, and so is a writer.")},
    {QT_TRANSLATE_NOOP("Switches", "Formats claim their file"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a format node alone may write its file. Off: the protocol layer is open, as Kevin "
                       "Wolf remarked of 2015.")},
    {QT_TRANSLATE_NOOP("Switches", "A transaction is one operation"),
     QT_TRANSLATE_NOOP("Switches", "On: its members do not conflict with each other. Off: each is judged against the "
                                   "others, and a snapshot with a backup may refuse itself.")},
    {QT_TRANSLATE_NOOP("Switches", "Reading metadata is relying on it"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: who requires RM relies on the size it has read, so a resize is refused there. Off: "
                       "nobody minds, since the RFC has no other word for it.")},
    {QT_TRANSLATE_NOOP("Switches", "Enforce the claims"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: every access is checked against the claims of who makes it; one that is not covered "
                       "is stopped (Kevin Wolf). Off: the honour system; who claims too little just does it.")},
    {QT_TRANSLATE_NOOP("Switches", "Image locks between processes"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: a process that opens an image locks bytes of its file, as QEMU does since 2.10. Off: "
                       "two processes do not see each other.")},
    {QT_TRANSLATE_NOOP("Switches", "Op blockers as in QEMU 2.8"),
     QT_TRANSLATE_NOOP("Switches",
                       "On: the policy legacy is that of QEMU 2.8, in which jobs block every node that they list and "
                       "look at whole chains. Off: that of QEMU 2.5, which the RFC was written for.")},
    {QT_TRANSLATE_NOOP("Switches", "Mirror: writes are not marked"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: a guest's write sets no dirty bit.")},
    {QT_TRANSLATE_NOOP("Switches", "Mirror: dirty bit cleared late"),
     QT_TRANSLATE_NOOP("Switches",
                       "A deliberate mistake: the bit goes after the copy, with a write that came between.")},
    {QT_TRANSLATE_NOOP("Switches", "Backup: no copy before write"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: a guest's write does not save the old data.")},
    {QT_TRANSLATE_NOOP("Switches", "Backup: copy after write"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: what is saved is already the new data.")},
    {QT_TRANSLATE_NOOP("Switches", "Stream: copy-on-read not locked"),
     QT_TRANSLATE_NOOP("Switches",
                       "A deliberate mistake: a guest's write between reading and writing is overwritten.")},
    {QT_TRANSLATE_NOOP("Switches", "Commit: base not reopened"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: the base stays read-only.")},
    {QT_TRANSLATE_NOOP("Switches", "Headers are forgotten"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: the graph changes and the header does not.")},
    {QT_TRANSLATE_NOOP("Switches", "Copies end one cluster early"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: the last cluster is never copied.")},
    {QT_TRANSLATE_NOOP("Switches", "Snapshot: users not moved"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: the users stay on the old node.")},
    {QT_TRANSLATE_NOOP("Switches", "Commit: lower nodes ignored"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: only the top is looked at for data.")},
    {QT_TRANSLATE_NOOP("Switches", "Pivot: guest not moved"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake: the guest stays where it was.")},
    {QT_TRANSLATE_NOOP("Switches", "Read-only not restored"),
     QT_TRANSLATE_NOOP("Switches", "A deliberate mistake that no invariant can see: what was made writable stays so.")},
}};

} // namespace

SwitchText switchText(Switch which)
{
    const Row &row = kRows[static_cast<std::size_t>(which)];
    const std::string_view name = switchName(which);
    return {QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), Switches::tr(row.title),
            Switches::tr(row.detail)};
}

} // namespace blockscope
