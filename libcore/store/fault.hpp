#pragma once
// Fault points: test builds compile the library with CARECHAIN_FAULT_POINTS; without it everything here folds away.

#include <functional>

#include "libcore/store/file.hpp"

namespace carechain::store {

enum class FaultKind { write, sync, rename, truncate, remove, create };

// What should happen instead of the operation. A hook that ends the process itself does so before the operation.
struct FaultAction {
  enum {
    proceed,
    fail,         // nothing is done; the operation reports `error`
    torn_write,   // the first torn_at bytes are written, then the operation reports `error`
    torn_killed,  // the first torn_at bytes are written, then SIGKILL ends the process
  } what = proceed;
  int error = 0;  // an errno; 0 means EIO
  std::size_t torn_at = 0;
};

// Called before each operation with its kind, its path (for a rename: the new name) and the bytes it would write.
using FaultHook = std::function<FaultAction(FaultKind, const Path&, std::size_t bytes)>;

#ifdef CARECHAIN_FAULT_POINTS
inline constexpr bool fault_points = true;
namespace detail {
inline FaultHook& fault_hook() {
  static FaultHook hook;
  return hook;
}
}  // namespace detail
inline void set_fault_hook(FaultHook hook) { detail::fault_hook() = std::move(hook); }  // an empty one removes it
inline FaultAction fault_at(FaultKind kind, const Path& path, std::size_t bytes = 0) {
  const FaultHook& hook = detail::fault_hook();
  return hook ? hook(kind, path, bytes) : FaultAction{};
}
#else
inline constexpr bool fault_points = false;
inline FaultAction fault_at(FaultKind, const Path&, std::size_t = 0) { return {}; }
#endif

}  // namespace carechain::store
