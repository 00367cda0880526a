#pragma once
#include "libcore/contract/effects.hpp"

namespace carechain::care::trial {

// What happens in trials because time has passed: reports, consents and results that are overdue.
contract::TimerHandlers timers();

}  // namespace carechain::care::trial
