#pragma once
// What file.cpp and its neighbours share: the system's refusals as errors.

#include <cerrno>
#include <system_error>

#include "libcore/store/fault.hpp"

namespace carechain::store {

// "cannot open x: No such file or directory", of the deed "open x" and an errno.
[[noreturn]] inline void cannot(const std::string& deed, int error) {
  throw Error("cannot " + deed + ": " + std::generic_category().message(error));
}

// The fault point of an operation that happens either whole or not at all.
inline void pass_fault_point(FaultKind kind, const Path& path, const std::string& deed) {
  const FaultAction action = fault_at(kind, path);
  if (action.what != FaultAction::proceed) cannot(deed, action.error ? action.error : EIO);
}

// The directory a name lies in.
inline Path parent_of(const Path& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace carechain::store
