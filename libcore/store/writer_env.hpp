#pragma once
// LevelDB's files with fault points where the build has them, and background work that also runs in a forked process
// (LevelDB's own background thread does not come along).

#include <leveldb/env.h>

namespace carechain::store {

leveldb::Env* writer_env();

}  // namespace carechain::store
