#include "libcore/base/task_pool.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace carechain;

TEST_CASE("tasks begin in the order in which they were added, those in a hurry before all that wait") {
  TaskPool pool(0);  // whoever waits runs them
  std::string order;
  TaskGroup group, hurried;
  for (const char name : {'a', 'b', 'c'}) pool.add(group, [&order, name] { order += name; });
  pool.add(
      hurried, [&order] { order += 'x'; }, TaskPool::Hurry::yes);
  pool.wait(hurried);
  CHECK(order == "x");
  pool.wait(group);
  CHECK(order == "xabc");
}

TEST_CASE("every task has run when its group is done, on any number of threads") {
  for (const unsigned threads : {0u, 1u, 3u}) {
    std::atomic<int> done{0};
    TaskPool pool(threads);
    TaskGroup group;
    for (int i = 0; i < 1000; ++i)
      pool.add(
          group, [&done] { ++done; }, i % 3 == 0 ? TaskPool::Hurry::yes : TaskPool::Hurry::no);
    pool.wait(group);
    CHECK(done == 1000);
  }
}

TEST_CASE("a pool that ends runs what is queued") {
  int done = 0;
  TaskGroup group;
  {
    TaskPool pool(1);
    for (int i = 0; i < 100; ++i) pool.add(group, [&done] { ++done; });
  }
  CHECK(group.done());
  CHECK(done == 100);
}
