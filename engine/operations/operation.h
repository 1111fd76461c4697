// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// One row of the catalogue of operations. An operation is one small file that
/// defines one such row; catalogue.cpp lists them.

#include "engine/base/result.h"
#include "engine/operations/plan.h"
#include "engine/world/world.h"

#include <span>
#include <string_view>

namespace blockscope {

/// Where the palette shows an operation.
enum class Family : std::uint8_t { Jobs, Graph, Image, Guest, Users, Inspection, JobControl };

/// How much of an operation happens here, beside that it is judged.
enum class Fidelity : std::uint8_t {
    Modelled,   ///< its effect on graph, headers, data, size, flags and bitmaps is QEMU's, in clusters
    Simplified, ///< what is left out stands beside the row
    JudgedOnly  ///< nothing that the World holds changes
};

/// One argument, with QMP's name.
struct Parameter
{
    enum class Kind : std::uint8_t {
        Node,    ///< node-name (or, where QMP takes one, a device)
        Device,  ///< device or root node
        JobName, ///< job-id
        Text,
        Number,
        Boolean,
        Choice, ///< one of choices
        Options ///< nested options, or a reference by name
    };

    std::string_view name;
    Kind kind = Kind::Text;
    bool isRequired = false;
    /// The role the named node plays ("base"), to offer and mark nodes in the window.
    std::string_view role = {};
    std::span<const std::string_view> choices = {};
};

/// What one step of a job came to.
enum class StepResult : std::uint8_t {
    Progressed, ///< more to do
    Ready,      ///< copied everything; follows the source until told to complete
    Finished,   ///< the work is done; completion comes next
    Failed      ///< job.error says why
};

struct Operation
{
    std::string_view name; ///< the QMP command
    Family family = Family::Jobs;
    Fidelity fidelity = Fidelity::Modelled;
    /// QMP's JobType for a background job; empty for a synchronous operation.
    std::string_view jobType = {};
    std::span<const Parameter> parameters = {};
    /// The parameter that a node takes on which the operation is dropped.
    std::string_view dropParameter = {};
    /// Takes options besides its parameters, as blockdev-add takes its driver's.
    bool takesMoreOptions = false;

    /// Checks the arguments as QEMU does, in its order and wording, and lists the affected nodes and
    /// their claims. An Error means that the request is invalid, which is not a refusal.
    Result<Plan> (*plan)(const World &world, const Object &arguments) = nullptr;
    /// The same for an operation that looks at the process it is sent to (Plan::host); where set it goes before plan.
    Result<Plan> (*planOn)(const World &world, const Object &arguments, const std::string &host) = nullptr;
    /// Arguments that complete those given when the operation is dropped on \a node; what
    /// cannot be guessed is left out.
    Object (*suggest)(const World &world, NodeId node) = nullptr;
    /// Does a synchronous operation, or prepares the job's machine. REQUIRES: the plan was just made for
    /// this World and allowed; \a job is null exactly for a synchronous operation.
    void (*start)(World &world, const Plan &plan, Job *job) = nullptr;
    /// One step between two yield points (explore.md section 3). Null for a synchronous operation.
    StepResult (*step)(World &world, Job &job) = nullptr;
    /// Completion: graph and headers change. False when it failed; job.error says why. Null as step.
    bool (*complete)(World &world, Job &job) = nullptr;
    /// Undoes what start changed besides data (read-only flags); also called after complete. Null as step.
    void (*cleanUp)(World &world, Job &job) = nullptr;

    [[nodiscard]] bool isJob() const { return !jobType.empty(); }
    [[nodiscard]] const Parameter *parameter(std::string_view name) const;
};

} // namespace blockscope
