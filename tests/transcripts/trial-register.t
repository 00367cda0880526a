# A trial is registered before it begins: its protocol from our YAML, with the plan that no registry has.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in mona milo max; do keygen $name --quiet --format text > /dev/null; enroll-identity $name --role monitor -k mercy | jq -r .type; done
identity.enroll
identity.enroll
identity.enroll
$ mine --quiet | jq -r .type
block
$ echo 'I agree to take part.' > form-1.txt
$ pocock='safety: {method: pocock, subjects: 20, rate: 1/5, alpha: 1/20}'
$ sed "s|^safety:.*|$pocock|" $EXAMPLES/pain-trial.yaml > trial.yaml
$ trial-register trial.yaml -k mercy | jq -c '{type, status, outcomes: [.data.protocol.outcomes[] | [.id, .kind]], limits: .data.protocol.safety.limits}'
{"type":"trial.register","status":"pending","outcomes":[["O1","primary"],["O2","secondary"]],"limits":[0,0,3,4,4,4,5,5,5,6,6,6,7,7,7,8,8,8,9,9]}
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 --format text
Less pain with red pills
PILL-1, version 1, recruiting
site   version  consents to it  subjects  screen failures  enrolled  randomised  withdrawn  visits
mercy        1               0         0                0         0           0          0       0
arm  at risk  events  with event  severe  serious  fatal  affected  stop at
all        0       0           0       0        0      0         0        -
$ show-trial --format text
study   registry     version  status      title
PILL-1  NCT00000001        1  recruiting  Less pain with red pills
$ show-trial NCT00000001 --export | jq -c '.protocolSection.outcomesModule'
{"primaryOutcomes":[{"method":"mean","metric":"change from baseline","measure":"Pain at week 4","timeFrame":"4 weeks"}],"secondaryOutcomes":[{"measure":"Sleep","timeFrame":"4 weeks"}]}
$ show-trial PILL-1 --worklist
$ show-trial PILL-1 --overdue

# The secret behind the randomisation stays in its file; what is registered is a commitment to it.
$ stat -c %a secret.yaml
600
$ grep -c seed secret.yaml
1

# Registered once, by a sponsor, whole.
$ trial-register trial.yaml -k mercy
trial-register: error: the trial NCT00000001 is registered already
trial-register: hint: trial-amend registers a new version of it
[1]
$ sed 's/PILL-1/PILL-2/; s/NCT00000001/NCT00000002/' trial.yaml > other.yaml
$ trial-register other.yaml -k mona
trial-register: error: only an enrolled sponsor registers a trial
trial-register: hint: enroll-identity NAME --role sponsor
[1]
$ sed 's/kind: primary/kind: secondary/' other.yaml | trial-register - -k mercy
trial-register: error: a trial registers at least one primary outcome
[1]
$ sed '/^monitors/d' other.yaml | trial-register - -k mercy
trial-register: error: a safety rule needs a monitoring board that can lift a hold
[1]
$ sed 's/masking: NONE/masking: DOUBLE/; s/alpha: 1.20/alpha: 1\/20, by-arm: true/' other.yaml | trial-register - -k mercy
trial-register: error: counting each arm by itself would unblind the trial: count them together
[1]
$ sed 's/blocks: \[2, 4\]/blocks: [3]/; s/secret/fresh/' other.yaml | trial-register - -k mercy
trial-register: error: -:46:16: block sizes are multiples of the arms' weights, 2, up to 1000
[1]
$ sed 's/rate: 1.5/rate: 3/' other.yaml | trial-register - -k mercy
trial-register: error: -:43:46: '3' is not a rate between 0 and 1
trial-register: hint: write 1/5, or 0.05
[1]
$ echo '{"resourceType":"Patient"}' | trial-register - -k mercy
trial-register: error: this is neither a ClinicalTrials.gov v2 record nor a FHIR ResearchStudy
trial-register: hint: a record has "protocolSection" or "resourceType":"ResearchStudy" at its top
[1]
$ sed 's/PHASE2/PHASE9/' other.yaml | trial-register - -k mercy
trial-register: error: -:7:10: 'PHASE9' is none of EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4, NA
[1]
$ sed 's/NCT00000002/NCT12/' other.yaml | trial-register - -k mercy
trial-register: error: the registry number 'NCT12' is not NCT and 8 digits
[1]
$ sed 's/cap: 1000/cap: 500/' other.yaml | trial-register - -k mercy
trial-register: error: the completion bonus is above its cap of 500 basis points of what all visits pay
[1]
$ sed 's/, cap: 1000//' other.yaml | trial-register - -k mercy
trial-register: error: -:28:19: missing key 'cap'
[1]
$ sed 's/^currency.*//' other.yaml | trial-register - -k mercy
trial-register: error: what is paid for visits needs a currency
[1]
$ sed '/^consent/d' other.yaml | trial-register - -k mercy
trial-register: error: sites need a consent form
[1]
$ sed 's/site: mercy/site: mona/' other.yaml | trial-register - -k mercy
trial-register: error: a site has to be an organisation of this ledger
[1]
$ sed 's/needed: 2/needed: 4/' other.yaml | trial-register - -k mercy
trial-register: error: more signatures of the monitoring board are needed than it has members
[1]
$ sed 's/mona, milo, max/mona, mona, max/' other.yaml | trial-register - -k mercy
trial-register: error: a member of the monitoring board is named twice
[1]
$ sed 's/^safety.*/safety: {method: table, subjects: 4, table: [0, 2, 3, 2]}/' other.yaml | trial-register - -k mercy
trial-register: error: the boundary table decreases, can never stop, or has the wrong length
[1]
$ sed 's/id: white/id: red/' other.yaml | trial-register - -k mercy
trial-register: error: two arms have one id
[1]
$ sed 's/method: pocock/method: poisson/' other.yaml | trial-register - -k mercy
trial-register: error: -:43:18: a method is binomial, beta-binomial, pocock, spending or table
[1]
$ echo 'titel: x' | trial-register - -k mercy
trial-register: error: -:1:1: unknown key 'titel' (did you mean 'title'?)
[1]

# A FHIR ResearchStudy.
$ echo '{"resourceType":"ResearchStudy","status":"active","title":"Sleep","identifier":[{"value":"S-1"}],"objective":[{"name":"Sleep at week 4","type":{"coding":[{"code":"primary"}]}}]}' | trial-register - -k mercy | jq -c '.data.protocol | {title, study_id, outcomes: [.outcomes[] | [.id, .kind, .measure]]}'
{"title":"Sleep","study_id":"S-1","outcomes":[["O1","primary","Sleep at week 4"]]}

$ verify-chain --format text | tail -1
sound

# 1, 2 and 3.
$ show-trial PILL-9
show-trial: error: there is no trial 'PILL-9' on this ledger
show-trial: hint: show-trial lists them
[1]
$ show-trial PILL-1 --diff 1 2
show-trial: error: the trial has versions 1 to 1
[1]
$ show-trial PILL-1 --diff 1
$ show-trial PILL-1 --diff 2 1
show-trial: error: the trial has versions 1 to 1
[1]
$ show-trial PILL-1 --diff 1 PILL-1
show-trial: error: later: 'PILL-1' is not a whole number from 1 to 100000
[2]
$ show-trial PILL-1 --diff 1 2 3
show-trial: error: unexpected operand '3'
show-trial: hint: see show-trial --help
[2]
$ show-trial PILL-1 --diff 1 2 --diff 3
show-trial: error: --diff compares two versions
show-trial: hint: --diff 1 2
[2]
$ show-trial PILL-1 --worklist --payments
show-trial: error: --worklist, --diff, --payments, --overdue and --export exclude one another
[2]
$ show-trial -L nowhere
show-trial: error: there is no ledger in 'nowhere'
show-trial: hint: carechain init-ledger --solo -L nowhere
[3]
$ trial-register nowhere.yaml -k mercy
trial-register: error: cannot open nowhere.yaml: No such file or directory
[3]
$ trial-register -k mercy
trial-register: error: file is required
trial-register: hint: see trial-register --help
[2]
