// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/captureduser.h"

#include "engine/files/capturednodes.h"

namespace blockscope {

namespace {

/// The device's id: "vda" of /machine/peripheral/vda/virtio-backend, "device[1]" of /machine/peripheral-anon/device[1].
std::string deviceId(std::string_view qdev)
{
    for (std::string_view folder : {"/peripheral/", "/peripheral-anon/", "/unattached/"}) {
        const std::size_t at = qdev.find(folder);
        if (at == std::string_view::npos)
            continue;
        const std::string_view rest = qdev.substr(at + folder.size());
        if (const std::string_view id = rest.substr(0, rest.find('/')); !id.empty())
            return std::string(id);
    }
    const std::string_view last = qdev.substr(qdev.rfind('/') + 1);
    return std::string(last.empty() ? qdev : last);
}

bool isUserChosen(std::string_view qdev)
{
    return !qdev.starts_with('/') || qdev.find("/peripheral/") != std::string_view::npos;
}

} // namespace

CapturedUsers::CapturedUsers(Reply &block, Reply &exports, Failure &failure)
{
    Value::List items = takeList(block, failure);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Place at = block.place.at(i);
        ObjectReader reader(items[i], at, failure);
        Device device{reader.text("device"),
                      reader.text("qdev"),
                      reader.flag("removable", false),
                      reader.flag("tray_open", false),
                      {}};
        static_cast<void>(reader.take("inserted")); // the same as in query-named-block-nodes
        keepUnknown(device.extra, reader.rest());
        for (const std::string &name : {device.backendName, device.qdev}) {
            if (!name.empty())
                m_byName.try_emplace(name, m_devices.size());
        }
        m_devices.push_back(std::move(device));
    }
    items = takeList(exports, failure);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Place at = exports.place.at(i);
        ObjectReader reader(items[i], at, failure);
        Export each{reader.name("id"), reader.text("node-name"), reader.text("type"), {}};
        keepUnknown(each.extra, reader.rest());
        m_exports.push_back(std::move(each));
    }
    for (std::size_t i = m_exports.size(); i > 0; --i)
        m_exportsOf[m_exports[i - 1].node].push_back(i - 1);
}

User CapturedUsers::identify(const std::string &name, std::uint64_t number, const std::string &root)
{
    if (name.empty())
        return identifyExport(number, root);
    User user;
    const auto found = m_byName.find(name);
    if (found == m_byName.end()) {
        user.qdev = name.starts_with('/') ? name : std::string();
        user.name = user.qdev.empty() ? name : deviceId(name);
        return user;
    }
    const Device &device = m_devices[found->second];
    user.backendName = device.backendName;
    user.qdev = device.qdev;
    user.isRemovable = device.isRemovable;
    user.isTrayOpen = device.isTrayOpen;
    user.extra = device.extra;
    user.kind = device.qdev.empty() ? User::Kind::Backend : User::Kind::Guest;
    // A name that the user gave beats one that QEMU made up.
    user.name = device.qdev.empty() || (!device.backendName.empty() && !isUserChosen(device.qdev))
                    ? device.backendName
                    : deviceId(device.qdev);
    return user;
}

User CapturedUsers::identifyExport(std::uint64_t number, const std::string &root)
{
    User user;
    const auto found = m_exportsOf.find(root);
    if (root.empty() || found == m_exportsOf.end() || found->second.empty()) {
        user.kind = User::Kind::Backend;
        user.name = "#backend" + std::to_string(number);
        return user;
    }
    const Export &each = m_exports[found->second.back()];
    found->second.pop_back();
    user.kind = User::Kind::Export;
    user.name = each.id;
    user.exportType = each.type;
    user.extra = each.extra;
    return user;
}

} // namespace blockscope
