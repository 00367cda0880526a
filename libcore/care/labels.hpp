#pragma once
// Security labels and consent actions: HL7 code systems as tables.

#include <optional>
#include <string_view>

namespace carechain::care {

// v3-Confidentiality, lowest first: U 0, L 1, M 2, N 3, R 4, V 5; nullopt: not one of them.
std::optional<int> confidentiality(std::string_view code);
inline constexpr int normal_confidentiality = 3;  // N: what carries no label (HL7 Healthcare Privacy and Security
                                                  // Classification System, section 3)

bool is_sensitivity(std::string_view code);  // v3-ActCode, value set InformationSensitivityPolicy

// consentaction. Reading a record is access by who reads and disclosure by who keeps it.
bool is_consent_action(std::string_view code);
bool is_reading(std::string_view action);

// Systems whose codes sort resources coarsely (element `category`), and the words of those without a system.
bool is_category_system(std::string_view system);
bool is_category(std::string_view code);

}  // namespace carechain::care
