// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the operations on guest devices, media, exports and whole processes share.

#include "engine/base/result.h"
#include "engine/operations/plan.h"
#include "engine/world/world.h"

#include <functional>

namespace blockscope {

/// The guest device that "device" (a BlockBackend's name) or "id" (the device's) names, as qmp_get_blk() of
/// block/qapi-sysemu.c. Exactly one of the two must be given.
[[nodiscard]] Result<UserId> findDevice(const World &world, const Object &arguments, const std::string &host);
/// The attached guest device of that name in that process.
[[nodiscard]] std::optional<UserId> findGuest(const World &world, const std::string &name, const std::string &host);
/// What the arguments call the device, for error texts.
[[nodiscard]] std::string deviceText(const Object &arguments);

/// Lists in \a plan the claims that \a user will hold once it uses \a root.
void addUserClaims(Plan &plan, const World &world, const User &user, NodeId root);
/// Lists the claims that users and links will hold after \a change and do not hold now; those that they hold now do not
/// stand in its way. \a change may do nothing else than what the operation itself will do.
void addChangedClaims(Plan &plan, const World &world, const std::function<void(World &)> &change);

/// Open nodes of the process \a host, ascending.
[[nodiscard]] std::vector<NodeId> nodesOfHost(const World &world, const std::string &host);
/// Makes \a node and all below it active: taken over from another process (bdrv_activate()).
void activate(World &world, NodeId node);
/// A name that no user has: "type0", "type1" ...
[[nodiscard]] std::string freeUserName(const World &world, const std::string &type);
/// Takes \a user's medium out and closes what nobody needs any more.
void removeMedium(World &world, UserId user);
/// Lets \a user use \a node; REQUIRES: it has no medium.
void insertMedium(World &world, UserId user, NodeId node);

} // namespace blockscope
