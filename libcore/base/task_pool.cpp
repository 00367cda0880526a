#include "libcore/base/task_pool.hpp"

namespace carechain {

TaskPool::TaskPool(unsigned threads) {
  for (unsigned i = 0; i < threads; ++i)
    threads_.emplace_back([this] {
      std::unique_lock lock(mutex_);
      for (;;) {
        something_.wait(lock, [this] { return closing_ || !queue_.empty(); });
        if (!run_one(lock) && closing_) return;
      }
    });
}

TaskPool::~TaskPool() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  something_.notify_all();
}

void TaskPool::add(TaskGroup& group, std::function<void()> task, Hurry hurry) {
  {
    const std::scoped_lock lock(mutex_);
    ++group.left_;
    queue_.insert(hurry == Hurry::yes ? queue_.begin() : queue_.end(), {&group, std::move(task)});
  }
  something_.notify_one();
}

// Runs the first task with the lock released; false: there was none.
bool TaskPool::run_one(std::unique_lock<std::mutex>& lock) {
  if (queue_.empty()) return false;
  Task task = std::move(queue_.front());
  queue_.pop_front();
  lock.unlock();
  task.work();
  task.work = nullptr;
  lock.lock();
  if (task.group->left_.fetch_sub(1, std::memory_order_release) == 1) something_.notify_all();
  return true;
}

void TaskPool::wait(TaskGroup& group) {
  std::unique_lock lock(mutex_);
  while (!group.done())
    if (!run_one(lock)) something_.wait(lock, [&] { return group.done() || !queue_.empty(); });
}

}  // namespace carechain
