// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The checked-in lists of where Blockscope answers otherwise than a real QEMU did (tests/data/qemu): a line a
/// difference, of which the last word is the reason; "*" stands for any.

#include "tests/engine/policies/records.h"

#include <vector>

namespace blockscope::test {

class KnownDifferences
{
public:
    explicit KnownDifferences(const char *file)
    {
        const QList<QByteArray> lines = recordFile(file).split('\n');
        const qsizetype columns = lines.front().split('\t').size();
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QList<QByteArray> words = lines.at(i).split('\t');
            if (words.size() == columns && !words.back().isEmpty())
                m_lines.push_back({words.mid(0, columns - 1), 0});
        }
    }

    bool explains(const QList<QByteArray> &difference)
    {
        bool isKnown = false;
        for (Line &line : m_lines) {
            bool fits = true;
            for (qsizetype i = 0; i < difference.size(); ++i)
                fits = fits && (line.words.at(i) == "*" || line.words.at(i) == difference.at(i));
            line.uses += fits ? 1 : 0;
            isKnown = isKnown || fits;
        }
        return isKnown;
    }

    /// The lines that no difference needed.
    [[nodiscard]] QStringList unused() const
    {
        QStringList names;
        for (const Line &line : m_lines) {
            if (line.uses == 0)
                names << QString::fromUtf8(line.words.join(' '));
        }
        return names;
    }

private:
    struct Line
    {
        QList<QByteArray> words;
        int uses = 0;
    };
    std::vector<Line> m_lines;
};

} // namespace blockscope::test
