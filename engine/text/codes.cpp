// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/codes.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Codes
{
    Q_DECLARE_TR_FUNCTIONS(Codes)
};

struct Row
{
    const char *code;
    const char *brief;
    const char *detail;
};

// In the order of the alphabet.
constexpr std::array kRows{
    Row{"ARG-ABORT", QT_TRANSLATE_NOOP("Codes", "The transaction has a member that always fails."),
        QT_TRANSLATE_NOOP("Codes",
                          "QEMU's “abort” is there for tests: whatever stands with it in a transaction is taken "
                          "back, as it is when any other member fails. Leave it out.")},
    Row{"ARG-BITMAP",
        QT_TRANSLATE_NOOP("Codes", "There is no such dirty bitmap, its name is taken, or it cannot be used."),
        QT_TRANSLATE_NOOP("Codes", "A dirty bitmap belongs to a node and is known by its name there. One that is "
                                   "read-only cannot be changed, and one that was not saved properly can only be "
                                   "removed.")},
    Row{"ARG-CHAIN", QT_TRANSLATE_NOOP("Codes", "A node is not where the operation needs it in the chain."),
        QT_TRANSLATE_NOOP(
            "Codes", "The operation works on a part of one backing chain, from a top down to a base. The node or file "
                     "that was named is not in that chain, or it stands above where it must stand below.\n\n"
                     "Look at the chain from the active layer down, and name a node of it.")},
    Row{"ARG-CHOICE", QT_TRANSLATE_NOOP("Codes", "The argument takes one of a few words, and this is none of them."),
        QT_TRANSLATE_NOOP("Codes", "QMP declares the argument as an enumeration. Its words are listed by "
                                   "“blockscope request --help” and in QEMU's QAPI reference.")},
    Row{"ARG-COMMAND", QT_TRANSLATE_NOOP("Codes", "There is no such command here."),
        QT_TRANSLATE_NOOP("Codes", "Commands have the names that they have in QMP: the operations that “blockscope "
                                   "request --help” lists, and the commands to a job (job-pause, job-resume, "
                                   "job-cancel, job-complete, job-finalize, job-dismiss and their older names).")},
    Row{"ARG-DEVICE", QT_TRANSLATE_NOOP("Codes", "There is no such guest device, or it has no disk."),
        QT_TRANSLATE_NOOP("Codes", "A guest writes through its device. Devices are named by the name, the BlockBackend "
                                   "or the QOM path that the graph shows for the user.")},
    Row{"ARG-EXCLUSIVE", QT_TRANSLATE_NOOP("Codes", "Two arguments exclude each other."),
        QT_TRANSLATE_NOOP("Codes", "QMP has two ways of naming the same thing, by file name (“base”) and by node-name "
                                   "(“base-node”), and takes one of them. Some arguments make sense only without "
                                   "another one. Leave one of the two out.")},
    Row{"ARG-FORMAT", QT_TRANSLATE_NOOP("Codes", "The format of that image cannot do this."),
        QT_TRANSLATE_NOOP("Codes",
                          "Overlays, internal snapshots, persistent bitmaps and compression need a format that "
                          "has them; qcow2 has all four, raw none. Name the image instead of the file below "
                          "it.")},
    Row{"ARG-HOST", QT_TRANSLATE_NOOP("Codes", "What was named belongs to another QEMU process."),
        QT_TRANSLATE_NOOP("Codes",
                          "A command is sent to one process and reaches its nodes alone. Say with “host” which one is "
                          "meant; without it the first is.")},
    Row{"ARG-IN-USE", QT_TRANSLATE_NOOP("Codes", "What was named is still in use."),
        QT_TRANSLATE_NOOP("Codes",
                          "QEMU looks at this before it asks any blocker: a node that another node, a device or "
                          "an export refers to cannot be deleted, and a node that is already the child of "
                          "another may not be used a second time. Detach it first.")},
    Row{"ARG-JOB",
        QT_TRANSLATE_NOOP("Codes", "There is no such job, its name cannot be used, or it is in the wrong state."),
        QT_TRANSLATE_NOOP("Codes",
                          "A job-id begins with a letter, goes on with letters, digits, “-”, “.” and “_”, and is "
                          "used by one job at a time. Commands to a job make sense in some of its states only: "
                          "a job that is not ready cannot be completed, and one that has ended cannot be "
                          "paused.")},
    Row{"ARG-LIST", QT_TRANSLATE_NOOP("Codes", "No request was listed under that id, or the id is taken."),
        QT_TRANSLATE_NOOP("Codes",
                          "“list” computes the nodes that a request affects and keeps them under an id of your choice; "
                          "“acquire” asks for the claims on them, “unlist” gives them up.")},
    Row{"ARG-MISSING", QT_TRANSLATE_NOOP("Codes", "An argument is missing."),
        QT_TRANSLATE_NOOP("Codes",
                          "QMP requires this argument. “blockscope request --help” lists the arguments of each "
                          "operation.")},
    Row{"ARG-NBD", QT_TRANSLATE_NOOP("Codes", "The export or the NBD server is not in the state that this needs."),
        QT_TRANSLATE_NOOP("Codes",
                          "An NBD export needs a server that runs (nbd-server-start); exports are known by their "
                          "ids, and NBD clients ask for them by names that are used once.")},
    Row{"ARG-NODE", QT_TRANSLATE_NOOP("Codes", "There is no such node or device, or it cannot play this part."),
        QT_TRANSLATE_NOOP("Codes",
                          "Nodes are named by their node-name. Where QMP takes a device, its BlockBackend, its "
                          "QOM path or the node it sits on will do as well. Names are case-sensitive; QEMU "
                          "names a node “#block123” when nobody else did.")},
    Row{"ARG-OPERATION", QT_TRANSLATE_NOOP("Codes", "There is no such operation here."),
        QT_TRANSLATE_NOOP("Codes",
                          "Operations have the names of QMP's commands. “blockscope request --help” lists those "
                          "that are modelled.")},
    Row{"ARG-POLICY", QT_TRANSLATE_NOOP("Codes", "There is no such policy."),
        QT_TRANSLATE_NOOP("Codes",
                          "A policy is a set of rules that decides which operations may run at the same time. "
                          "The default is “nac”, Node Access Control as the RFC of December 2015 proposes it.")},
    Row{"ARG-RANGE", QT_TRANSLATE_NOOP("Codes", "The number is outside of what there is."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "Clusters are numbered from 0; the size of the node that the device sits on says how many there are.")},
    Row{"ARG-READONLY", QT_TRANSLATE_NOOP("Codes", "The node is read-only."),
        QT_TRANSLATE_NOOP("Codes", "The operation writes to the node, and it was opened read-only. Add it again with "
                                   "read-only set to false.")},
    Row{"ARG-ROLE", QT_TRANSLATE_NOOP("Codes", "The operation makes no claim in that role."),
        QT_TRANSLATE_NOOP(
            "Codes", "An operation can be made to forget its claims on the nodes that play one role for it, “base” "
                     "for instance, to show what they are for. The list of its claims names its roles.")},
    Row{"ARG-SIZE", QT_TRANSLATE_NOOP("Codes", "Two images that must be of one size differ."),
        QT_TRANSLATE_NOOP("Codes", "A full copy needs a target as large as its source. Make the target anew with the "
                                   "source's size.")},
    Row{"ARG-SNAPSHOT", QT_TRANSLATE_NOOP("Codes", "There is no such internal snapshot, or its name is taken."),
        QT_TRANSLATE_NOOP("Codes", "An internal snapshot is kept inside an image. One of the whole VM (savevm) is in "
                                   "every image that the guest could write, and one of them holds the state of the "
                                   "VM; one of a single image (blockdev-snapshot-internal-sync) cannot be loaded "
                                   "while QEMU runs.")},
    Row{"ARG-SPEED", QT_TRANSLATE_NOOP("Codes", "The speed is negative."),
        QT_TRANSLATE_NOOP("Codes",
                          "The speed of a job is the most that it copies, in bytes a second; 0 sets no limit.")},
    Row{"ARG-STATE", QT_TRANSLATE_NOOP("Codes", "The virtual machine is in a state in which this makes no sense."),
        QT_TRANSLATE_NOOP("Codes",
                          "A process that waits for an incoming migration cannot be migrated away, and one that "
                          "was migrated away cannot be once more; it can take its images back with cont.")},
    Row{"ARG-TRAY", QT_TRANSLATE_NOOP("Codes", "The tray of the drive is shut, or there is a medium in it."),
        QT_TRANSLATE_NOOP("Codes", "A medium is taken out and put in through an open tray: blockdev-open-tray, then "
                                   "blockdev-remove-medium or blockdev-insert-medium, then blockdev-close-tray. "
                                   "blockdev-change-medium does all of it.")},
    Row{"ARG-TYPE", QT_TRANSLATE_NOOP("Codes", "The argument has a value of the wrong kind."),
        QT_TRANSLATE_NOOP("Codes",
                          "QMP's arguments are typed: a number, true or false, a text, or an object. In a file "
                          "write 5 and not \"5\" where a number is meant.")},
    Row{"ARG-UNKNOWN", QT_TRANSLATE_NOOP("Codes", "The operation has no such argument."),
        QT_TRANSLATE_NOOP("Codes",
                          "Arguments have the names that they have in QMP; a misspelt one would silently change "
                          "what is asked for, so it is not passed over. “blockscope request --help” lists "
                          "them.")},
    Row{"ARG-UNSUPPORTED", QT_TRANSLATE_NOOP("Codes", "QEMU knows this, but Blockscope does not simulate it."),
        QT_TRANSLATE_NOOP("Codes", "The argument is a valid one. To act as if it were not there would show what QEMU "
                                   "does not do, so it is turned down instead.")},
    Row{"FILE-DATA", QT_TRANSLATE_NOOP("Codes", "The data of a node cannot be read."),
        QT_TRANSLATE_NOOP("Codes", "The clusters of a node, and the marks of a job on them, are written as a short "
                                   "text; this one is damaged or has another length than it must have.")},
    Row{"FILE-DUPLICATE", QT_TRANSLATE_NOOP("Codes", "A name is given twice."),
        QT_TRANSLATE_NOOP("Codes", "Nodes, users and jobs are known by their names, so each needs its own.")},
    Row{"FILE-EVENT", QT_TRANSLATE_NOOP("Codes", "An event is neither a QMP command nor a control of ours."),
        QT_TRANSLATE_NOOP("Codes", "An event is an object with “execute” (and “arguments”), exactly as sent to QEMU, "
                                   "or with “control”: step, run-until, guest-write or set-policy.")},
    Row{"FILE-FORMAT", QT_TRANSLATE_NOOP("Codes", "The file is of no kind that Blockscope reads."),
        QT_TRANSLATE_NOOP("Codes",
                          "It reads its own scenario files (a JSON object with “blockscope”, the version of the "
                          "format), captures, and the bare replies of x-debug-query-block-graph and "
                          "query-named-block-nodes.")},
    Row{"FILE-JSON", QT_TRANSLATE_NOOP("Codes", "The file is not valid JSON."),
        QT_TRANSLATE_NOOP("Codes", "The place says where reading stopped. Files are UTF-8; a list or an object may not "
                                   "be nested too deeply.")},
    Row{"FILE-KEY", QT_TRANSLATE_NOOP("Codes", "A key is not known here."),
        QT_TRANSLATE_NOOP("Codes", "In an event every key counts, so an unknown one is not passed over.")},
    Row{"FILE-KIND", QT_TRANSLATE_NOOP("Codes", "A value is of the wrong kind."),
        QT_TRANSLATE_NOOP("Codes", "The place names the key; the cause says what is expected there.")},
    Row{"FILE-LIMIT", QT_TRANSLATE_NOOP("Codes", "There is more of something than Blockscope takes."),
        QT_TRANSLATE_NOOP("Codes", "The limits keep a damaged or hostile file from filling the memory.")},
    Row{"FILE-MISSING", QT_TRANSLATE_NOOP("Codes", "A key is missing."),
        QT_TRANSLATE_NOOP("Codes", "The place says in which object.")},
    Row{"FILE-OPEN", QT_TRANSLATE_NOOP("Codes", "The file cannot be opened or read."),
        QT_TRANSLATE_NOOP("Codes", "The cause is the system's: there is no such file, or it may not be read.")},
    Row{"FILE-RANGE", QT_TRANSLATE_NOOP("Codes", "A value is outside of what is possible here."),
        QT_TRANSLATE_NOOP("Codes", "The cause says what is.")},
    Row{"FILE-REFERENCE", QT_TRANSLATE_NOOP("Codes", "Something is named that the file does not hold."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "Nodes, users and jobs are named in the lists of the file before something else may refer to them.")},
    Row{"FILE-SIZE", QT_TRANSLATE_NOOP("Codes", "The file is larger than Blockscope reads."),
        QT_TRANSLATE_NOOP("Codes", "The limit keeps a wrong file from filling the memory.")},
    Row{"FILE-STATE", QT_TRANSLATE_NOOP("Codes", "The parts of the file contradict each other."),
        QT_TRANSLATE_NOOP("Codes",
                          "What the jobs, users and links hold must be what the ledger of the World would hold.")},
    Row{"FILE-VERSION", QT_TRANSLATE_NOOP("Codes", "The file is of a later version."),
        QT_TRANSLATE_NOOP("Codes", "It was written by a later Blockscope and may mean something that this one does not "
                                   "know. Open it with a newer one.")},
    Row{"FILE-WRITE", QT_TRANSLATE_NOOP("Codes", "The file could not be written."),
        QT_TRANSLATE_NOOP("Codes", "What was there before is still there. The cause is the system's.")},
    Row{"GRAPH-LOCK", QT_TRANSLATE_NOOP("Codes", "Another request has listed its nodes and holds the graph lock."),
        QT_TRANSLATE_NOOP(
            "Codes", "Between computing the list of affected nodes and acquiring them the graph must not change, or "
                     "the list is stale (Eric Blake in the thread of the RFC). While the lock is on, nobody else "
                     "changes the graph until the listed request is acquired or given up. Switch reading N5 off to "
                     "see what happens without it.")},
    Row{"IMAGE-LOCK", QT_TRANSLATE_NOOP("Codes", "The image file is locked by whoever else has it open."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "Node Access Control knows the nodes of one process. Two processes that open one image know nothing of "
            "each other (Eric Blake in the thread of the RFC), so QEMU since 2.10 locks bytes of the file: byte 100 "
            "and following for what a node uses, byte 200 and following for what it does not share. Who uses what "
            "another does not share gets “Failed to get \"write\" lock”, who does not share what another uses “Failed "
            "to get shared \"write\" lock”; on the command line and from qemu-img “Is another process using the "
            "image?” follows.\n\n"
            "It ends when the other closes the image or hands it over, as migration does. The locks are advisory: "
            "“locking=off” opens an image without, and the switch “image-locks” turns them off for all.")},
    Row{"JOB-NOT-FOUND", QT_TRANSLATE_NOOP("Codes", "There is no job of that name."),
        QT_TRANSLATE_NOOP("Codes", "Jobs are named by their job-id. One that has ended and was dismissed is gone; with "
                                   "auto-dismiss, which is the default, that happens as soon as it has ended.")},
    Row{"JOB-STATE", QT_TRANSLATE_NOOP("Codes", "The job is in a state in which this makes no sense."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "Which command a job takes depends on its status: job-complete needs a ready one, job-finalize a pending "
            "one, job-dismiss a concluded one; one that has ended can be neither paused nor cancelled.")},
    Row{"LEGACY-BUSY", QT_TRANSLATE_NOOP("Codes", "An op blocker of QEMU 2.5, or a user, is on the node."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "QEMU from 2.1 on keeps, per node and kind of operation, a list of reasons against it (bdrv_op_block() in "
            "block.c). A job blocks everything on the root of its device, even if it works far below, and on its "
            "target; an overlay blocks everything but to be committed into on its backing file. The newest reason is "
            "told: “Node 'X' is busy: …”, for block_resize “Device 'X' is in use”. Bitmaps that a backup works from "
            "are “frozen”, and a node with a device is “in use”.\n\n"
            "Only the newcomer is checked, and what it would do does not count: the other way round two operations "
            "may be allowed. Guests, exports and file nodes block nothing. The switch “legacy-2.8” makes it QEMU 2.8, "
            "where jobs block all their nodes.\n\n"
            "It ends with the job, or when the overlay lets go of its backing file.")},
    Row{"LEGACY-EXPRESS", QT_TRANSLATE_NOOP("Codes", "The request cannot be said to QEMU 2.5."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "The command or the argument came later, or the command takes the name of a device there (block-stream, "
            "block-commit, drive-mirror, the backups, nbd-server-add, internal snapshots, change-backing-file), and "
            "the node is no root of a tree. Nothing is said about whether it would be safe; the error text is ours.\n\n"
            "Name the device, or take an older command: drive-mirror for blockdev-mirror. With the switch “legacy-2.8” "
            "it is QEMU 2.8, which has more of them.")},
    Row{"LEGACY-SHAPE", QT_TRANSLATE_NOOP("Codes", "The node is not where the command wants it."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "QEMU 2.5 takes snapshots, resizes and replaces only what is the root of a tree or below nothing but "
            "filters and quorums (bdrv_is_first_non_filter() in block.c), wants an overlay without a backing file, and "
            "deletes only nodes that the monitor owns. QEMU 2.8 wants a root node where 2.5 wanted a device.\n\n"
            "Take another node.")},
    Row{"NAC-ACCESS", QT_TRANSLATE_NOOP("Codes", "An access was tried that no claim covers."),
        QT_TRANSLATE_NOOP(
            "Codes", "Claims are enforced: every read, write, header edit, change of size and change of a link is "
                     "checked against what its author requires on that node (Kevin Wolf in the thread of the RFC). A "
                     "synchronous operation is stopped as a whole; a job ends with an error. Under the honour system "
                     "the access would have been made, and the damage, if any, shown.")},
    Row{"NAC-N1", QT_TRANSLATE_NOOP("Codes", "Nobody holds the node, and no holder is read as no permission."),
        QT_TRANSLATE_NOOP(
            "Codes", "The RFC allows an action that is in the AND of the Allow flags of all operations on the node, "
                     "and does not say what that is with no operation there. Reading N1 says “everything”; it is "
                     "switched off, so it is “nothing”, and hardly any operation can start.")},
    Row{"NAC-R1",
        QT_TRANSLATE_NOOP("Codes",
                          "“You do not let me”: what is asked requires an action that a holder does not allow."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "Node Access Control keeps, for every node, what each holder requires there and what it allows others to "
            "do "
            "there: modify visible data (MV), modify metadata (MM), reconfigure the graph (GR), read visible data "
            "(RV), "
            "read metadata (RM). A holder is an operation that runs, a user such as a guest, or a link between two "
            "nodes.\n\n"
            "The rule, in the words of the RFC: an operation is prohibited if it requires an action that the AND of "
            "the "
            "Allow flags of all operations for that node does not contain. With no holder everything is allowed.\n\n"
            "It ends when the holder ends. Wait for it, cancel it, or ask for something that leaves the node out.")},
    Row{"NAC-R2",
        QT_TRANSLATE_NOOP("Codes",
                          "“I would not let you”: what is asked does not allow an action that a holder requires."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "The second half of the rule of Node Access Control protects the newcomer: what it does not allow others "
            "to "
            "do on a node must not be going on there already.\n\n"
            "The rule, in the words of the RFC: an operation is prohibited if the OR of the Require flags of all "
            "operations for that node contains an action that its own Allow flags lack. The default is to allow "
            "nothing.\n\n"
            "It ends when the holder ends, or when the new operation can be asked for in a way that tolerates more.")},
    Row{"QEMU-BITMAP", QT_TRANSLATE_NOOP("Codes", "A job uses the dirty bitmap."),
        QT_TRANSLATE_NOOP("Codes",
                          "While a backup or mirror works from a bitmap, no other command or job may use it "
                          "(bdrv_dirty_bitmap_check() in block/dirty-bitmap.c; “frozen” in QEMU 2.5). Other bitmaps of "
                          "the node are free, which five actions cannot say.\n\nIt ends with the job.")},
    Row{"QEMU-BLOCKER", QT_TRANSLATE_NOOP("Codes", "An op blocker keeps operations of this kind off the node."),
        QT_TRANSLATE_NOOP("Codes",
                          "QEMU since 2.1 keeps, per node and kind of operation, a list of reasons against it "
                          "(bdrv_op_block() in block.c). Every node that a running job has a link to is blocked for "
                          "all kinds; a backing file is blocked for all kinds but commit, stream and backup. The "
                          "newest reason is told: “Node 'X' is busy: …”, for block_resize “Device 'X' is in "
                          "use”.\n\nIt ends with the job, or when the overlay lets go of its backing file.")},
    Row{"QEMU-FROZEN", QT_TRANSLATE_NOOP("Codes", "A job has frozen this link of the backing chain."),
        QT_TRANSLATE_NOOP(
            "Codes", "A running commit or stream needs its chain as it is, so it freezes the links "
                     "(bdrv_freeze_backing_chain() in block.c, since 4.0): nobody may redirect or cut them, nor freeze "
                     "them once more. The filters of commit and mirror can never be frozen, for they have to go when "
                     "their job ends.\n\nIt ends with the job; a stream leaves the link below its last node free.")},
    Row{"QEMU-INACTIVATE", QT_TRANSLATE_NOOP("Codes", "Somebody writes to a node that has to be handed over."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "At the switchover of a migration every node becomes inactive. Guests give way, readers as well; any other "
            "writer makes it fail: a commit, a backup, a writable export (bdrv_inactivate_all() in block.c). A mirror "
            "passes, for it may be what moves the storage.\n\nEnd the job or take the export away first.")},
    Row{"QEMU-INUSE", QT_TRANSLATE_NOOP("Codes", "Somebody uses the node."),
        QT_TRANSLATE_NOOP("Codes", "Some commands want a node that nobody uses: blockdev-del, blockdev-insert-medium, "
                                   "the overlay of blockdev-snapshot. They do not ask for what it is used, unlike "
                                   "permissions do (blockdev.c).\n\nIt ends when the device, export, job or parent "
                                   "node is gone; a node that the monitor does not own goes with its last user.")},
    Row{"QEMU-IOTHREAD", QT_TRANSLATE_NOOP("Codes", "A device keeps the tree of nodes in its thread."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "All nodes that are linked to each other run in one thread, and a guest device does not go to another with "
            "them (blk_root_set_aio_ctx() in block/block-backend.c).\n\nRemove the device first.")},
    Row{"QEMU-PERM", QT_TRANSLATE_NOOP("Codes", "Two users of a node do not go together."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "QEMU since 2.9 has permissions on links: every parent of a node says what it needs (consistent read, "
            "write, write unchanged, resize) and what it shares with the others. A change of the graph is made "
            "provisionally and taken back when somebody then needs what another does not share "
            "(bdrv_parent_perms_conflict() in block.c).\n\nIt ends when one of the two is gone; share-rw=on lets a "
            "device share write. Unlike Node Access Control it knows nothing of what an operation will do later.")},
    Row{"QEMU-READONLY", QT_TRANSLATE_NOOP("Codes", "The node is read-only, and somebody would write to it."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "A writer cannot be attached to a read-only node, nor can a node become read-only under one "
            "(bdrv_node_check_perm() in block.c).\n\nReopen it with read-only=false, if its users allow that.")},
    Row{"QEMU-ROOT", QT_TRANSLATE_NOOP("Codes", "The command wants a root node."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "block-commit, blockdev-mirror, change-backing-file and internal snapshots take only a node whose parents "
            "are all devices, exports and the like (qmp_get_root_bs() in blockdev.c). A running job has links of its "
            "own to the nodes it uses, and so hides them, however far apart the two are.\n\nIt ends with the job.")},
    Row{"QEMU-SHAPE", QT_TRANSLATE_NOOP("Codes", "The nodes are not as the command wants them."),
        QT_TRANSLATE_NOOP(
            "Codes",
            "A filter cannot be an overlay, and an overlay must not have a backing file yet "
            "(external_snapshot_prepare() in blockdev.c).\n\nTake another node, or add it with “backing” null.")},
};

CodeText textOf(const Row &row)
{
    return {QString::fromLatin1(row.code), Codes::tr(row.brief), Codes::tr(row.detail)};
}

} // namespace

std::vector<CodeText> codes()
{
    std::vector<CodeText> all;
    for (const Row &row : kRows)
        all.push_back(textOf(row));
    return all;
}

CodeText codeText(const QString &code)
{
    for (const Row &row : kRows) {
        if (code.compare(QLatin1StringView(row.code), Qt::CaseInsensitive) == 0)
            return textOf(row);
    }
    return {};
}

} // namespace blockscope
