#pragma once
// What is said of an event in a trial, on a command line or in a line of a batch.

#include <functional>
#include <string>
#include <vector>

#include "libcore/cli/input.hpp"

namespace carechain::cli {

// The words of one event; empty: not given.
struct EventWords {
  std::string trial, subject, site, version, meaning, representative, level, visit, term, onset, scale, grade, status,
      causality, outcome, known, at, late, milestone, document, decision, hold, stratum, arm, schedule, reason, event;
  std::vector<std::string> procedures, criteria;
  bool not_eligible = false, serious = false, expected = false;
};

// A line of a batch: a JSON object whose keys are the options' names. Throws misuse() with the nearest known key.
void read_event_line(std::string_view json, EventWords&);
// Each line of a batch in its order, with what is common to all; they are read on all cores. false: there is none.
// What is wrong with a line, or with what is done with it, is thrown with the line's number.
bool each_event(LineReader&, const EventWords& common, const std::function<void(const EventWords&)>&);

}  // namespace carechain::cli
