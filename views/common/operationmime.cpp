// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/operationmime.h"

#include "engine/operations/catalogue.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace blockscope::views {

QString operationMimeType()
{
    return u"application/x-blockscope-operation"_s;
}

std::unique_ptr<QMimeData> operationMimeData(const Operation &operation)
{
    auto data = std::make_unique<QMimeData>();
    data->setData(operationMimeType(),
                  QByteArray(operation.name.data(), static_cast<qsizetype>(operation.name.size())));
    return data;
}

const Operation *operationIn(const QMimeData *data)
{
    if (data == nullptr || !data->hasFormat(operationMimeType()))
        return nullptr;
    const QByteArray name = data->data(operationMimeType());
    return findOperation(std::string_view(name.constData(), static_cast<std::size_t>(name.size())));
}

} // namespace blockscope::views
