// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/blockdevoptions.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>

namespace blockscope {

namespace {

enum class Type : std::uint8_t {
    Text,
    Integer,
    Boolean,
    Cache, ///< BlockdevCacheOptions
    Struct,
    List,
    Either, ///< a name or a struct
    Reference,
    ReferenceOrNull,
    References
};

struct Option
{
    std::string_view name;
    Type type = Type::Text;
    std::span<const std::string_view> choices = {}; ///< of a text that is one of them
};

constexpr std::string_view kDiscard[] = {"ignore", "unmap"};
constexpr std::string_view kDetectZeroes[] = {"off", "on", "unmap"};
constexpr std::string_view kOnOffAuto[] = {"auto", "on", "off"};
constexpr std::string_view kAio[] = {"threads", "native", "io_uring"};
constexpr std::string_view kOnCbwError[] = {"break-guest-write", "break-snapshot"};
constexpr std::string_view kReadPattern[] = {"quorum", "fifo"};
constexpr std::string_view kReplicationMode[] = {"primary", "secondary"};
constexpr std::string_view kTransport[] = {"tcp", "iser"};
constexpr std::string_view kHeaderDigest[] = {"crc32c", "none", "crc32c-none", "none-crc32c"};

constexpr Option kCommon[] = {{"node-name"},
                              {"discard", Type::Text, kDiscard},
                              {"cache", Type::Cache},
                              {"read-only", Type::Boolean},
                              {"auto-read-only", Type::Boolean},
                              {"force-share", Type::Boolean},
                              {"detect-zeroes", Type::Text, kDetectZeroes}};
constexpr Option kCache[] = {{"direct", Type::Boolean}, {"no-flush", Type::Boolean}};

constexpr Option kBlkdebug[] = {{"image", Type::Reference},        {"config"},
                                {"align", Type::Integer},          {"max-transfer", Type::Integer},
                                {"opt-write-zero", Type::Integer}, {"max-write-zero", Type::Integer},
                                {"opt-discard", Type::Integer},    {"max-discard", Type::Integer},
                                {"inject-error", Type::List},      {"set-state", Type::List},
                                {"take-child-perms", Type::List},  {"unshare-child-perms", Type::List}};
constexpr Option kBlklogwrites[] = {{"file", Type::Reference},
                                    {"log", Type::Reference},
                                    {"log-sector-size", Type::Integer},
                                    {"log-append", Type::Boolean},
                                    {"log-super-update-interval", Type::Integer}};
constexpr Option kBlkverify[] = {{"test", Type::Reference}, {"raw", Type::Reference}};
constexpr Option kBlkreplay[] = {{"image", Type::Reference}};
constexpr Option kFileOnly[] = {{"file", Type::Reference}};
constexpr Option kCopyBeforeWrite[] = {{"file", Type::Reference},
                                       {"target", Type::Reference},
                                       {"bitmap", Type::Struct},
                                       {"on-cbw-error", Type::Text, kOnCbwError},
                                       {"cbw-timeout", Type::Integer}};
constexpr Option kCopyOnRead[] = {{"file", Type::Reference}, {"bottom"}};
constexpr Option kFile[] = {{"filename"},
                            {"pr-manager"},
                            {"locking", Type::Text, kOnOffAuto},
                            {"aio", Type::Text, kAio},
                            {"aio-max-batch", Type::Integer},
                            {"drop-cache", Type::Boolean},
                            {"x-check-cache-dropped", Type::Boolean}};
constexpr Option kUrl[] = {{"url"},
                           {"readahead", Type::Integer},
                           {"timeout", Type::Integer},
                           {"username"},
                           {"password-secret"},
                           {"proxy-username"},
                           {"proxy-password-secret"}};
constexpr Option kFtpsToo[] = {{"sslverify", Type::Boolean}};
constexpr Option kHttpToo[] = {{"cookie"}, {"cookie-secret"}};
constexpr Option kHttpsToo[] = {{"cookie"}, {"sslverify", Type::Boolean}, {"cookie-secret"}};
constexpr Option kGluster[] = {{"volume"}, {"path"}, {"server", Type::List}, {"debug", Type::Integer}, {"logfile"}};
constexpr Option kIscsi[] = {{"transport", Type::Text, kTransport},
                             {"portal"},
                             {"target"},
                             {"lun", Type::Integer},
                             {"user"},
                             {"password-secret"},
                             {"initiator-name"},
                             {"header-digest", Type::Text, kHeaderDigest},
                             {"timeout", Type::Integer}};
constexpr Option kLuks[] = {{"file", Type::Reference}, {"key-secret"}};
constexpr Option kNbd[] = {{"server", Type::Struct},
                           {"export"},
                           {"tls-creds"},
                           {"tls-hostname"},
                           {"x-dirty-bitmap"},
                           {"reconnect-delay", Type::Integer},
                           {"open-timeout", Type::Integer}};
constexpr Option kNfs[] = {{"server", Type::Struct},
                           {"path"},
                           {"user", Type::Integer},
                           {"group", Type::Integer},
                           {"tcp-syn-count", Type::Integer},
                           {"readahead-size", Type::Integer},
                           {"page-cache-size", Type::Integer},
                           {"debug", Type::Integer}};
constexpr Option kNull[] = {{"size", Type::Integer}, {"latency-ns", Type::Integer}, {"read-zeroes", Type::Boolean}};
constexpr Option kNvme[] = {{"device"}, {"namespace", Type::Integer}};
constexpr Option kPreallocate[] = {
    {"file", Type::Reference}, {"prealloc-align", Type::Integer}, {"prealloc-size", Type::Integer}};
constexpr Option kQcow2[] = {{"file", Type::Reference},
                             {"backing", Type::ReferenceOrNull},
                             {"lazy-refcounts", Type::Boolean},
                             {"pass-discard-request", Type::Boolean},
                             {"pass-discard-snapshot", Type::Boolean},
                             {"pass-discard-other", Type::Boolean},
                             {"overlap-check", Type::Either},
                             {"cache-size", Type::Integer},
                             {"l2-cache-size", Type::Integer},
                             {"l2-cache-entry-size", Type::Integer},
                             {"refcount-cache-size", Type::Integer},
                             {"cache-clean-interval", Type::Integer},
                             {"encrypt", Type::Struct},
                             {"data-file", Type::Reference}};
constexpr Option kQcow[] = {{"file", Type::Reference}, {"backing", Type::ReferenceOrNull}, {"encrypt", Type::Struct}};
constexpr Option kFileAndBacking[] = {{"file", Type::Reference}, {"backing", Type::ReferenceOrNull}};
constexpr Option kQuorum[] = {{"blkverify", Type::Boolean},
                              {"children", Type::References},
                              {"vote-threshold", Type::Integer},
                              {"rewrite-corrupted", Type::Boolean},
                              {"read-pattern", Type::Text, kReadPattern}};
constexpr Option kRaw[] = {{"file", Type::Reference}, {"offset", Type::Integer}, {"size", Type::Integer}};
constexpr Option kRbd[] = {{"pool"},       {"namespace"},
                           {"image"},      {"conf"},
                           {"snapshot"},   {"encrypt", Type::Struct},
                           {"user"},       {"auth-client-required", Type::List},
                           {"key-secret"}, {"server", Type::List}};
constexpr Option kReplication[] = {{"file", Type::Reference}, {"mode", Type::Text, kReplicationMode}, {"top-id"}};
constexpr Option kSsh[] = {{"server", Type::Struct}, {"path"}, {"user"}, {"host-key-check", Type::Struct}};
constexpr Option kThrottle[] = {{"throttle-group"}, {"file", Type::Reference}};
constexpr Option kVvfat[] = {
    {"dir"}, {"fat-type", Type::Integer}, {"floppy", Type::Boolean}, {"label"}, {"rw", Type::Boolean}};
constexpr Option kVirtioBlk[] = {{"path"}};

struct Driver
{
    std::string_view name;
    std::span<const Option> options;
    std::span<const Option> more = {};
};
constexpr Driver kDrivers[] = {{"blkdebug", kBlkdebug},
                               {"blklogwrites", kBlklogwrites},
                               {"blkreplay", kBlkreplay},
                               {"blkverify", kBlkverify},
                               {"bochs", kFileOnly},
                               {"cloop", kFileOnly},
                               {"compress", kFileOnly},
                               {"copy-before-write", kCopyBeforeWrite},
                               {"copy-on-read", kCopyOnRead},
                               {"dmg", kFileOnly},
                               {"file", kFile},
                               {"snapshot-access", kFileOnly},
                               {"ftp", kUrl},
                               {"ftps", kUrl, kFtpsToo},
                               {"gluster", kGluster},
                               {"host_cdrom", kFile},
                               {"host_device", kFile},
                               {"http", kUrl, kHttpToo},
                               {"https", kUrl, kHttpsToo},
                               {"iscsi", kIscsi},
                               {"luks", kLuks},
                               {"nbd", kNbd},
                               {"nfs", kNfs},
                               {"null-aio", kNull},
                               {"null-co", kNull},
                               {"nvme", kNvme},
                               {"parallels", kFileOnly},
                               {"preallocate", kPreallocate},
                               {"qcow", kQcow},
                               {"qcow2", kQcow2},
                               {"qed", kFileAndBacking},
                               {"quorum", kQuorum},
                               {"raw", kRaw},
                               {"rbd", kRbd},
                               {"replication", kReplication},
                               {"ssh", kSsh},
                               {"throttle", kThrottle},
                               {"vdi", kFileOnly},
                               {"vhdx", kFileOnly},
                               {"virtio-blk-vfio-pci", kVirtioBlk},
                               {"virtio-blk-vhost-user", kVirtioBlk},
                               {"virtio-blk-vhost-vdpa", kVirtioBlk},
                               {"vmdk", kFileAndBacking},
                               {"vpc", kFileOnly},
                               {"vvfat", kVvfat}};
static_assert(std::ranges::equal(kDrivers, kBlockdevDrivers, {}, &Driver::name));

Error wrongType(const std::string &where, const char *expected)
{
    return {"ARG-TYPE", where, "Invalid parameter type for '" + where + "', expected: " + expected};
}

std::optional<Error> unlessType(bool isType, const std::string &where, const char *expected)
{
    return isType ? std::nullopt : std::optional(wrongType(where, expected));
}

std::optional<Error> checkText(const Option &option, const Value &value, const std::string &where)
{
    const std::string *text = value.asString();
    if (text == nullptr)
        return wrongType(where, "string");
    if (option.choices.empty() ||
        std::find(option.choices.begin(), option.choices.end(), *text) != option.choices.end())
        return std::nullopt;
    return Error{"ARG-CHOICE", where,
                 "Parameter '" + std::string(option.name) + "' does not accept value '" + *text + "'"};
}

using Options = std::initializer_list<std::span<const Option>>;

std::optional<Error> unexpected(const Object &object, const std::string &path, Options known)
{
    for (const auto &[name, value] : object) {
        const auto isIt = [&name = name](const Option &option) { return option.name == name; };
        const auto hasIt = [&](std::span<const Option> some) { return std::any_of(some.begin(), some.end(), isIt); };
        if (name != "driver" && std::none_of(known.begin(), known.end(), hasIt))
            return Error{"ARG-UNKNOWN", path + name, "Parameter '" + path + name + "' is unexpected"};
    }
    return std::nullopt;
}

/// The visitor calls an alternate by its name alone, without the path to it.
std::optional<Error> checkReference(const Value &value, const std::string &where, std::string_view name,
                                    const char *expected)
{
    if (value.asString() != nullptr)
        return std::nullopt; // whether there is such a node comes later
    if (value.asObject() != nullptr)
        return checkBlockdevOptions(*value.asObject(), where + '.');
    return Error{"ARG-TYPE", where, "Invalid parameter type for '" + std::string(name) + "', expected: " + expected};
}

std::optional<Error> checkReferences(const Value &value, const std::string &where)
{
    if (value.asList() == nullptr)
        return wrongType(where, "array");
    for (std::size_t i = 0; i < value.asList()->size(); ++i) {
        const std::string element = where + '[' + std::to_string(i) + ']';
        if (auto error = checkReference((*value.asList())[i], element, "null", "BlockdevRef"))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> checkAll(const Object &object, const std::string &path, Options options);

std::optional<Error> checkCache(const Value &value, const std::string &where)
{
    if (value.asObject() == nullptr)
        return wrongType(where, "object");
    return checkAll(*value.asObject(), where + '.', {kCache});
}

std::optional<Error> checkOption(const Option &option, const Value &value, const std::string &where)
{
    switch (option.type) {
    case Type::Text:
        return checkText(option, value, where);
    case Type::Integer:
        return unlessType(value.asInteger() != nullptr, where, "integer");
    case Type::Boolean:
        return unlessType(value.asBool() != nullptr, where, "boolean");
    case Type::Cache:
        return checkCache(value, where);
    case Type::Struct:
        return unlessType(value.asObject() != nullptr, where, "object");
    case Type::List:
        return unlessType(value.asList() != nullptr, where, "array");
    case Type::Either:
        break;
    case Type::Reference:
        return checkReference(value, where, option.name, "BlockdevRef");
    case Type::ReferenceOrNull:
        return value.isNull() ? std::nullopt : checkReference(value, where, option.name, "BlockdevRefOrNull");
    case Type::References:
        return checkReferences(value, where);
    }
    return std::nullopt;
}

std::optional<Error> checkAll(const Object &object, const std::string &path, Options options)
{
    for (std::span<const Option> some : options) {
        for (const Option &option : some) {
            const Value *value = find(object, option.name);
            if (value == nullptr)
                continue;
            if (auto error = checkOption(option, *value, path + std::string(option.name)))
                return error;
        }
    }
    return unexpected(object, path, options);
}

const Driver *findDriver(std::string_view name)
{
    const auto *found =
        std::find_if(std::begin(kDrivers), std::end(kDrivers), [&](const Driver &each) { return each.name == name; });
    return found == std::end(kDrivers) ? nullptr : found;
}

} // namespace

std::optional<Error> checkBlockdevOptions(const Object &options, const std::string &path)
{
    const Value *driver = find(options, "driver");
    if (driver == nullptr)
        return Error{"ARG-MISSING", path + "driver", "Parameter '" + path + "driver' is missing"};
    if (driver->asString() == nullptr)
        return wrongType(path + "driver", "string");
    const Driver *known = findDriver(*driver->asString());
    if (known == nullptr) {
        return Error{"ARG-CHOICE", path + "driver",
                     "Parameter 'driver' does not accept value '" + *driver->asString() + "'"};
    }
    return checkAll(options, path, {kCommon, known->options, known->more});
}

std::vector<std::pair<std::string, Value>> blockdevChildren(const Object &options)
{
    std::vector<std::pair<std::string, Value>> children;
    const std::string *driver = findString(options, "driver");
    const Driver *known = driver != nullptr ? findDriver(*driver) : nullptr;
    for (const Option &option : known != nullptr ? known->options : std::span<const Option>()) {
        const Value *value = find(options, option.name);
        const bool isOne = option.type == Type::Reference || option.type == Type::ReferenceOrNull;
        if (value != nullptr && isOne && !value->isNull())
            children.emplace_back(option.name, *value);
        if (value == nullptr || option.type != Type::References)
            continue;
        for (const Value &each : *value->asList())
            children.emplace_back("children." + std::to_string(children.size()), each);
    }
    return children;
}

} // namespace blockscope
