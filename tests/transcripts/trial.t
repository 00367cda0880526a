# A trial from its registration to the first visits: nobody is enrolled before it is registered, nothing is done without
# a consent in force, and the boundary stops it.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in dr-bob mona milo max; do keygen $name --quiet --format text > /dev/null; done
$ for name in alice ben carl dora eve; do keygen $name --quiet --format text > /dev/null; done
$ enroll-identity dr-bob --role investigator -k mercy --quiet | jq -r .type
identity.enroll
$ for name in mona milo max; do enroll-identity $name --role monitor -k mercy | jq -r .type; done
identity.enroll
identity.enroll
identity.enroll
$ mine --quiet | jq -r .type
block
$ echo 'I agree to take part.' > form-1.txt

# Enrolment before registration is refused.
$ trial-event consent --trial PILL-1 --site mercy -k alice
trial-event: error: there is no trial 'PILL-1' on this ledger
trial-event: hint: show-trial lists them
[1]
$ trial-register $EXAMPLES/pain-trial.yaml -k mercy | jq -c '{type, status, outcomes: [.data.protocol.outcomes[] | [.id, .kind]]}'
{"type":"trial.register","status":"pending","outcomes":[["O1","primary"],["O2","secondary"]]}
$ mine --quiet | jq -r .type
block
$ trial-register $EXAMPLES/pain-trial.yaml -k mercy
trial-register: error: the trial NCT00000001 is registered already
trial-register: hint: trial-amend registers a new version of it
[1]
$ stat -c %a secret.yaml
600

# Consent with the subject's own key, then enrolment, then allocation.
$ subject() { jq -r 'if .data.operations then .data.operations[0][1].subject else .data.subject end'; }
$ trial-event enroll --trial PILL-1 --subject alice -k mercy
trial-event: error: the subject has not consented
trial-event: hint: trial-event consent, with the subject's own key
[1]
$ for name in alice ben carl dora; do trial-event consent --trial PILL-1 --site mercy -k $name | jq -r .type; done
trial.consent
trial.consent
trial.consent
trial.consent
$ trial-event consent --trial PILL-1 --site mercy -k alice
trial-event: error: the subject consented to this version already
[1]
$ trial-event randomise --trial PILL-1 --subject alice --schedule secret.yaml -k mercy
trial-event: error: the subject is consented
[1]
$ for name in alice ben carl; do trial-event enroll --trial PILL-1 --subject $name -k mercy | jq -r .type; done
trial.enroll
trial.enroll
trial.enroll
$ trial-event enroll --trial PILL-1 --subject dora --not-eligible --reason age -k mercy | jq -r .type
trial.enroll
$ mine --quiet | jq -r .type
block
$ for name in alice ben carl; do trial-event randomise --trial PILL-1 --subject $name --schedule secret.yaml -k mercy | jq -c '.data | {stratum, index, arm}'; done
{"stratum":"all","index":0,"arm":"red"}
{"stratum":"all","index":1,"arm":"white"}
{"stratum":"all","index":2,"arm":"white"}
$ trial-event randomise --trial PILL-1 --subject dora --schedule secret.yaml -k mercy
trial-event: error: the subject is screen-failure
[1]

# A representative signs for a subject who can't, and an investigator of the site answers for it.
$ keygen rita --quiet --format text > /dev/null
$ eve=$(keygen --derive eve --for mercy --format text)
$ trial-event consent --trial PILL-1 --site mercy --subject $eve --meaning representative -k rita | jq -r .data.meaning
representative
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
trial-event: error: the subject has not consented
trial-event: hint: trial-event consent, with the subject's own key
[1]
$ trial-event countersign --trial PILL-1 --subject $eve --representative rita -k mercy
trial-event: error: only an investigator of the site countersigns
trial-event: hint: enroll-identity NAME --role investigator
[1]
$ trial-event countersign --trial PILL-1 --subject $eve --representative rita -k dr-bob | jq -r .type
trial.countersign

# Visits: covered by the consent, paid once, by the subject's site.
$ trial-event visit --trial PILL-1 --subject alice --visit baseline --procedure blood --procedure interview -k dr-bob | jq -c '[.type, .data.visit]'
["trial.visit","baseline"]
$ trial-event visit --trial PILL-1 --subject alice --visit baseline --procedure blood -k dr-bob
trial-event: error: the visit baseline is recorded already: it is paid for once
[1]
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure biopsy -k dr-bob
trial-event: error: the subject's consent (version 1) doesn't cover 'biopsy' at visit week-4
[1]
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview --at 2023-11-10 -k dr-bob
trial-event: error: it happened more than 24 hours ago: a late entry needs a reason
trial-event: hint: --late migration, paper-record, outage, delayed-report or other
[1]
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview --at 2023-11-10 --late paper-record -k dr-bob
trial-event: error: the subject had not consented by then
[1]
$ keygen zoe --quiet --format text > /dev/null
$ trial-event visit --trial PILL-1 --subject zoe --visit baseline -k dr-bob
trial-event: error: the subject has not consented
trial-event: hint: trial-event consent, with the subject's own key
[1]
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 -k rita
trial-event: error: only the subject's site records visits
[1]
$ mine --quiet | jq -r .type
block

# A withdrawal stops the intervention, not the follow-up, and what accrued stays due.
$ trial-event withdraw --trial PILL-1 -k alice | jq -c '.data.level'
"intervention"
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview -k dr-bob
trial-event: error: the subject withdrew from intervention at 2023-11-14T22:52:20Z
[1]
$ trial-event visit --trial PILL-1 --subject alice --visit week-8 --procedure interview -k dr-bob | jq -r .data.visit
week-8
$ show-trial PILL-1 --payments --format text
visit         subject                amount     state
82272ded564f  did:key:z6MkrUtZT3Vb…  50.00 USD  due
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id) -k mercy | jq -r .type
trial.pay
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id) -k mercy
trial-pay: error: it was paid already
[1]
$ mine --quiet | jq -r .type
block

# Adverse events: serious by their criteria, whatever the flag says. Two affected of three reach the boundary.
$ trial-event adverse-event --trial PILL-1 --subject alice --term Headache --grade 2 --causality possible -k dr-bob | jq -r .type
trial.adverse
$ trial-event adverse-event --trial PILL-1 --subject ben --term Syncope --grade 3 --causality probable --criterion hospitalisation -k dr-bob | jq -r .type
trial.adverse
$ trial-event adverse-event --trial PILL-1 --subject carl --term 'Cardiac arrest' --grade 5 --outcome fatal --causality unlikely -k dr-bob | jq -r .data.serious
false
$ trial-event adverse-event --trial PILL-1 --subject carl --term Nausea --grade 6 -k dr-bob
trial-event: error: --grade: '6' is not a whole number from 1 to 5
[2]
$ trial-event adverse-event --trial PILL-1 --subject carl --term Nausea --grade 4 --scale severity-3 -k dr-bob
trial-event: error: grades of severity-3 go from 1 to 3
[1]
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 --format text
Less pain with red pills
PILL-1, version 1, on safety hold
site   version  consents to it  subjects  screen failures  enrolled  randomised  withdrawn  visits
mercy        1               5         5                1         3           3          1       2
arm    at risk  events  with event  severe  serious  fatal  affected  stop at
all          3       3           3       2        2      1         2        2
red          1       1           1       0        0      0         0        -
white        2       2           2       2        2      1         2        -
hold 1 since 2023-11-14T23:04:20Z: 2 of 3 affected, stop at 2; 0 of 2 votes

# On hold nobody is enrolled or randomised; two of three members of the board lift it, nobody else.
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
trial-event: error: the trial is on safety hold 1: nobody is enrolled or randomised
trial-event: hint: the monitoring board decides: trial-event lift-hold --decision continue
[1]
$ trial-event lift-hold --trial PILL-1 --decision continue -k mercy
trial-event: error: only members of the monitoring board decide on a hold
[1]
$ trial-event lift-hold --trial PILL-1 --decision continue -k mona | jq -r .type
trial.lift
$ trial-event lift-hold --trial PILL-1 --decision continue -k mona
trial-event: error: this member decided the same already
[1]
$ trial-event lift-hold --trial PILL-1 --decision terminate -k max | jq -r .type
trial.lift
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
trial-event: error: the trial is on safety hold 1: nobody is enrolled or randomised
trial-event: hint: the monitoring board decides: trial-event lift-hold --decision continue
[1]
$ trial-event lift-hold --trial PILL-1 --decision continue -k milo | jq -r .type
trial.lift
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy | jq -r .type
trial.enroll
$ mine --quiet | jq -r .type
block
$ verify-chain --format text | tail -1
sound

# 2 and 3.
$ trial-event visit --trial PILL-1 --subject alice -k mercy
trial-event: error: --visit is required for visit
[2]
$ trial-event vist --trial PILL-1
trial-event: error: kind: 'vist' is none of consent,countersign,withdraw,enroll,randomise,visit,complete,exclude,adverse-event,report,milestone,lift-hold,reveal
trial-event: hint: did you mean visit?
[2]
$ trial-event visit -L nowhere --trial PILL-1 --subject alice --visit baseline -k mercy
trial-event: error: there is no ledger in 'nowhere'
trial-event: hint: carechain init-ledger --solo -L nowhere
[3]
$ trial-register nowhere.yaml -k mercy
trial-register: error: cannot open nowhere.yaml: No such file or directory
[3]
$ trial-register -k mercy
trial-register: error: file is required
trial-register: hint: see trial-register --help
[2]
$ echo 'titel: x' | trial-register - -k mercy
trial-register: error: -:1:1: unknown key 'titel' (did you mean 'title'?)
[1]
$ show-trial PILL-2
show-trial: error: there is no trial 'PILL-2' on this ledger
show-trial: hint: show-trial lists them
[1]
$ show-trial PILL-1 --worklist --payments
show-trial: error: --worklist, --diff, --payments, --overdue and --export exclude one another
[2]
$ show-trial -L nowhere
show-trial: error: there is no ledger in 'nowhere'
show-trial: hint: carechain init-ledger --solo -L nowhere
[3]
