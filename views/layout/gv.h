// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Owners for what Graphviz hands out, and the one lock. Hold lock() from the opening of a graph until it is
/// closed: Graphviz 2.42 keeps its state in globals, even building a graph beside a layout crashes.
///
/// Included by dotlayout.cpp alone.

#include <gvc.h>
#include <memory>
#include <mutex>

#ifdef BLOCKSCOPE_DOT_LINKED
extern "C" gvplugin_library_t gvplugin_dot_layout_LTX_library;
#endif

namespace blockscope::layout::gv {

inline std::mutex &lock()
{
    static std::mutex mutex;
    return mutex;
}

/// The one context, kept until the process ends: a new one leaks a little. REQUIRES: lock() is held.
inline GVC_t *context()
{
#ifdef BLOCKSCOPE_DOT_LINKED
    // Linked in: no search for plugins, and nothing of the text and picture plugins is loaded.
    static const lt_symlist_t builtins[] = {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
                                            {nullptr, nullptr}};
    static GVC_t *const one = gvContextPlugins(builtins, 0);
#else
    static GVC_t *const one = gvContext();
#endif
    return one;
}

/// Keeps Graphviz from printing. REQUIRES: lock() is held.
inline void silence()
{
    agseterrf([](char *) { return 0; });
}

struct CloseGraph
{
    void operator()(Agraph_t *graph) const noexcept { agclose(graph); }
};
using GraphPtr = std::unique_ptr<Agraph_t, CloseGraph>;

/// The layout of a graph, freed before the graph is. REQUIRES: lock() is held.
class Layout
{
public:
    Layout(Agraph_t *graph, const char *engine) : m_graph(graph), m_done(gvLayout(context(), graph, engine) == 0) {}
    ~Layout() { gvFreeLayout(context(), m_graph); }
    Layout(const Layout &) = delete;
    Layout &operator=(const Layout &) = delete;
    [[nodiscard]] bool isDone() const { return m_done; }

private:
    Agraph_t *m_graph;
    bool m_done;
};

} // namespace blockscope::layout::gv
