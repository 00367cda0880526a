#pragma once
// Threads that take tasks from a queue.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace carechain {

// A number of tasks somebody waits for.
class TaskGroup {
 public:
  bool done() const { return left_.load(std::memory_order_acquire) == 0; }

 private:
  friend class TaskPool;
  std::atomic<std::size_t> left_{0};
};

// Tasks must not throw. With 0 threads the tasks run in whoever waits.
class TaskPool {
 public:
  explicit TaskPool(unsigned threads);
  ~TaskPool();  // finishes what is queued
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  // Tasks begin in the order in which they are added; one in a hurry before all that wait.
  enum class Hurry { no, yes };
  void add(TaskGroup&, std::function<void()> task, Hurry = Hurry::no);
  void wait(TaskGroup&);  // meanwhile this thread takes tasks too

 private:
  struct Task {
    TaskGroup* group;
    std::function<void()> work;
  };
  bool run_one(std::unique_lock<std::mutex>&);
  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Task> queue_;
  bool closing_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace carechain
