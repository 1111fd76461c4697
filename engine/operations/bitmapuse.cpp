// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/bitmapuse.h"

#include "engine/operations/bitmaps.h"
#include "engine/world/blockio.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

/// The bitmap that \a job made busy, wherever it is now; null when it is gone.
DirtyBitmap *bitmapUsedBy(World &world, JobId job)
{
    const auto isUsed = [&](const DirtyBitmap &each) { return each.busy == job; };
    for (const auto &[node, bitmaps] : *world.bitmaps) {
        if (std::any_of(bitmaps.begin(), bitmaps.end(), isUsed)) {
            auto &edited = world.bitmaps.edit().at(node);
            return &*std::find_if(edited.begin(), edited.end(), isUsed);
        }
    }
    return nullptr;
}

/// "incremental" is "bitmap" with on-success.
std::string_view modeOf(const Object &arguments)
{
    const std::string *mode = findString(arguments, "bitmap-mode");
    return mode != nullptr ? std::string_view(*mode) : "on-success";
}

std::optional<Error> checkBitmapMode(const World &world, const Object &arguments, NodeId source)
{
    const std::string name = *findString(arguments, "bitmap");
    const std::string sync = *findString(arguments, "sync");
    const std::string mode(modeOf(arguments));
    const DirtyBitmap *bitmap = bitmapOn(world, source, name);
    if (bitmap == nullptr)
        return Error{"ARG-BITMAP", "bitmap", "Bitmap '" + name + "' could not be found"};
    if (sync != "incremental" && find(arguments, "bitmap-mode") == nullptr)
        return Error{"ARG-MISSING", "bitmap-mode", "Bitmap sync mode must be given when providing a bitmap"};
    if (bitmap->isInconsistent)
        return Error{"ARG-BITMAP", "bitmap", "Bitmap '" + name + "' is inconsistent and cannot be used"};
    if (sync == "none")
        return Error{"ARG-EXCLUSIVE", "bitmap", "sync mode 'none' does not produce meaningful bitmap outputs"};
    if (mode == "never" && sync != "bitmap" && sync != "incremental") {
        return Error{"ARG-EXCLUSIVE", "bitmap-mode",
                     "Bitmap sync mode 'never' has no meaningful effect when combined with sync mode '" + sync + "'"};
    }
    return std::nullopt;
}

} // namespace

const DirtyBitmap *bitmapOn(const World &world, NodeId node, std::string_view name)
{
    return findBitmap(world, {node, std::string(name)});
}

std::optional<Error> checkBitmap(const World &world, const Object &arguments, NodeId source)
{
    const bool hasBitmap = find(arguments, "bitmap") != nullptr;
    const bool hasMode = find(arguments, "bitmap-mode") != nullptr;
    const std::string sync = *findString(arguments, "sync");
    if (!hasBitmap && (sync == "bitmap" || sync == "incremental"))
        return Error{"ARG-MISSING", "bitmap", "must provide a valid bitmap name for '" + sync + "' sync mode"};
    if (sync == "incremental" && hasMode && modeOf(arguments) != "on-success") {
        return Error{"ARG-EXCLUSIVE", "bitmap-mode",
                     "Bitmap sync mode must be 'on-success' when using sync mode 'incremental'"};
    }
    if (hasBitmap)
        return checkBitmapMode(world, arguments, source);
    if (hasMode)
        return Error{"ARG-MISSING", "bitmap", "Cannot specify bitmap sync mode without a bitmap"};
    return std::nullopt;
}

bool beginBitmapUse(World &world, const Job &job)
{
    const NodeId source = *job.node("source");
    if (!permit(world, Holder::of(job.id), source, Action::ModifyMetadata))
        return false;
    const DirtyBitmap *known = bitmapOn(world, source, job.bitmap);
    if (known == nullptr || known->busy) // a policy may have let a second job in: the bitmap stays the first one's
        return true;
    DirtyBitmap &bitmap = editBitmap(world, {source, job.bitmap});
    bitmap.busy = job.id;
    bitmap.successor.assign(bitmap.bits.size(), false);
    return true;
}

bool endBitmapUse(World &world, const Job &job, bool succeeded)
{
    const NodeId source = *job.node("source");
    if (bitmapUsedBy(world, job.id) == nullptr)
        return true;
    const std::string_view mode = modeOf(job.arguments);
    const bool isSynchronised = (succeeded || mode == "always") && mode != "never";
    if (isSynchronised && succeeded && !permit(world, Holder::of(job.id), source, Action::ModifyMetadata))
        return false;
    DirtyBitmap &bitmap = *bitmapUsedBy(world, job.id);
    for (std::size_t index = 0; index < bitmap.bits.size(); ++index) {
        const bool isNew = index < bitmap.successor.size() && bitmap.successor[index];
        const bool isLeft = !succeeded && index < job.done.size() && !job.done[index];
        bitmap.bits[index] = isNew || (isSynchronised ? isLeft : bitmap.bits[index]);
    }
    bitmap.busy.reset();
    bitmap.successor.clear();
    return true;
}

} // namespace blockscope
