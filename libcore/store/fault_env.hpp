#pragma once
// LevelDB's files with fault points, for test builds; elsewhere LevelDB's own Env is used.

#include <leveldb/env.h>

namespace carechain::store {

leveldb::Env* writer_env();

}  // namespace carechain::store
