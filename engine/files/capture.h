// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Block graphs captured from a real QEMU, as scenarios. Read are an object
/// with the replies of x-debug-query-block-graph, query-named-block-nodes,
/// query-block, query-jobs, query-block-jobs, query-block-exports and
/// query-status (each {"return": ...} or bare, any of them missing), and a bare
/// reply of either of the first two.
///
/// Nodes, users, jobs and links keep the order of the reply. Unknown drivers,
/// keys and jobs are kept and shown. A capture does not say which clusters are
/// allocated: the block data is made up (plausibledata.h). What was concluded
/// rather than captured stands as sentences under "import-notes" in extra;
/// "capture" there has the document's other keys.
///
/// Errors: damaged replies, two nodes of one name, links to nothing; codes as in
/// objectreader.h, and FILE-FORMAT, FILE-REFERENCE, FILE-DUPLICATE, FILE-STATE.
/// Thread: any.

#include "engine/files/scenario.h"

namespace blockscope {

[[nodiscard]] Result<Scenario> readCapture(const QByteArray &text);

/// A scenario or a capture, whichever \a text is. \a fileName, if given, begins the place of an error.
[[nodiscard]] Result<Scenario> readAny(const QByteArray &text, const std::string &fileName = {});

} // namespace blockscope
