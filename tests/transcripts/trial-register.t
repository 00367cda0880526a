# A trial is registered before it begins: its protocol from our YAML, with the plan that no registry has.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in mona milo max; do keygen $name --quiet --format text > /dev/null; enroll-identity $name --role monitor -k mercy | jq -r .type; done
identity.enroll
identity.enroll
identity.enroll
$ mine --format text | head -1
block  sealed  1971b40403934278fe110060cf8f2ee894d510eac710d5ead81b538f65f33cee
$ echo 'I agree to take part.' > form-1.txt
$ cat > trial.yaml <<'END'
> title: Less pain with red pills
> study-id: PILL-1
> registry-id: NCT00000001
> phases: [PHASE2]
> allocation: RANDOMIZED
> masking: NONE
> enrollment: 20
> arms:
>   - {id: red, label: Red pill, type: EXPERIMENTAL}
>   - {id: white, label: White pill, type: PLACEBO_COMPARATOR}
> outcomes:
>   - {kind: primary, measure: Pain at week 4, time-frame: 4 weeks, metric: change from baseline, method: mean}
>   - {kind: secondary, measure: Sleep, time-frame: 4 weeks}
> milestones: [screening, treatment]
> visits:
>   - {id: baseline, procedures: [blood, interview], pay: 5000}
> consent: {file: form-1.txt}
> currency: USD
> sites:
>   - {site: mercy, irb: IRB-1, from: 2023-11-14}
> monitors: {needed: 2, members: [mona, milo, max]}
> safety: {method: pocock, subjects: 20, rate: 1/5, alpha: 1/20}
> randomisation: {schedule: secret.yaml, blocks: [2, 4]}
> END
$ trial-register trial.yaml -k mercy | jq -c '{type, status, outcomes: [.data.protocol.outcomes[] | [.id, .kind]], limits: .data.protocol.safety.limits}'
{"type":"trial.register","status":"pending","outcomes":[["O1","primary"],["O2","secondary"]],"limits":[0,0,3,4,4,4,5,5,5,6,6,6,7,7,7,8,8,8,9,9]}
$ mine --format text | head -1
block  sealed  449f5b4d461eec5fffbbff871a0ec4551b4d0076d43ba69ddaa75a459a614759
$ show-trial PILL-1 --format text
Less pain with red pills
PILL-1, version 1, recruiting
site   version  consented  screen failures  enrolled  randomised  withdrawn  visits
mercy        1          0                0         0           0          0       0
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
trial-register: error: -:23:16: block sizes are multiples of the arms' weights, 2, up to 1000
[1]
$ sed 's/rate: 1.5/rate: 3/' other.yaml | trial-register - -k mercy
trial-register: error: -:22:46: '3' is not a rate between 0 and 1
trial-register: hint: write 1/5, or 0.05
[1]
$ echo '{"resourceType":"Patient"}' | trial-register - -k mercy
trial-register: error: this is neither a ClinicalTrials.gov v2 record nor a FHIR ResearchStudy
trial-register: hint: a record has "protocolSection" or "resourceType":"ResearchStudy" at its top
[1]
$ echo 'titel: x' | trial-register - -k mercy
trial-register: error: -:1:1: unknown key 'titel' (did you mean 'title'?)
[1]

# A FHIR ResearchStudy.
$ echo '{"resourceType":"ResearchStudy","status":"active","title":"Sleep","identifier":[{"value":"S-1"}],"objective":[{"name":"Sleep at week 4","type":{"coding":[{"code":"primary"}]}}]}' | trial-register - -k mercy | jq -c '.data.protocol | {title, study_id, outcomes: [.outcomes[] | [.id, .kind, .measure]]}'
{"title":"Sleep","study_id":"S-1","outcomes":[["O1","primary","Sleep at week 4"]]}

# What stands in the way of publication, a line each.
$ trial-publish PILL-1 --check --format text
phase screening is not done
phase treatment is not done
the database is not locked
no analysis plan is registered
the randomisation schedule is not revealed
no result of primary outcome O1 (Pain at week 4)
no result of secondary outcome O2 (Sleep)
[1]
$ trial-publish PILL-1
trial-publish: error: --key is required
trial-publish: hint: or --check
[2]
$ trial-publish PILL-9 --check
trial-publish: error: there is no trial 'PILL-9' on this ledger
trial-publish: hint: show-trial lists them
[1]
$ trial-publish PILL-1 --check --results nowhere.json
trial-publish: error: cannot open nowhere.json: No such file or directory
[3]
$ trial-pay 00000000 -k mercy
trial-pay: error: there is no transaction '00000000' on this ledger
trial-pay: hint: carechain show-chain --transactions
[1]
$ trial-pay -k mercy
trial-pay: error: visit is required
trial-pay: hint: see trial-pay --help
[2]
$ trial-pay 00000000 -k nobody
trial-pay: error: there is no transaction '00000000' on this ledger
trial-pay: hint: carechain show-chain --transactions
[1]
$ verify-chain --format text | tail -1
sound

# 1, 2 and 3.
$ show-trial PILL-9
show-trial: error: there is no trial 'PILL-9' on this ledger
show-trial: hint: show-trial lists them
[1]
$ show-trial PILL-1 --diff 1 --diff 2
show-trial: error: the trial has versions 1 to 1
[1]
$ show-trial PILL-1 --diff 1
show-trial: error: --diff is given twice: --diff 1 --diff 2
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
