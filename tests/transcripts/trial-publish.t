# Results are published when everything that was promised is there; until then each missing thing is named.
$ export CARECHAIN_LEDGER=mercy
$ set -o pipefail
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in dr-bob mona milo max; do keygen $name --quiet --format text > /dev/null; done
$ enroll-identity dr-bob --role investigator -k mercy | jq -r .type
identity.enroll
$ for name in mona milo max; do enroll-identity $name --role monitor -k mercy | jq -r .type; done
identity.enroll
identity.enroll
identity.enroll
$ mine --quiet | jq -r .type
block
$ echo "I agree to take part." > form-1.txt
$ trial-register $EXAMPLES/pain-trial.yaml -k mercy | jq -r .type
trial.register
$ mine --quiet | jq -r .type
block
$ event() { kind=$1; shift; trial-event $kind --trial PILL-1 "$@" | jq -r .type; }
$ join() { keygen $1 --quiet --format text > /dev/null; event consent --site mercy -k $1; event enroll --subject $1 -k mercy; event randomise --subject $1 --schedule secret.yaml -k mercy; }
$ for name in alice ben carl; do join $name; done
trial.consent
trial.enroll
trial.randomise
trial.consent
trial.enroll
trial.randomise
trial.consent
trial.enroll
trial.randomise
$ event visit --subject alice --visit baseline --procedure blood -k dr-bob
trial.visit
$ event visit --subject ben --visit baseline --procedure blood -k dr-bob
trial.visit
$ mine --quiet | jq -r .type
block
$ trial-publish PILL-1 --check --format text
phase screening is not done
phase treatment is not done
the database is not locked
no analysis plan is registered
the randomisation schedule is not revealed
no result of primary outcome O1 (Pain at week 4)
no result of secondary outcome O2 (Sleep)
[1]

# What became known late: she had withdrawn before the visit. It stays on the chain and is left out of what is published.
$ event withdraw --level data-use --at 2023-11-14T22:20:00Z -k ben
trial.withdraw
$ event exclude --subject ben --visit week-4 -k mercy
trial-event: error: there is no such visit
[1]
$ trial-publish PILL-1 --check | jq -r .reason | grep withdrawal
1 visits after a withdrawal are not covered by consent: exclude them
[1]
$ event exclude --subject ben --visit baseline -k mona
trial-event: error: the sponsor or the subject's site leaves out a visit
[1]
$ event exclude --subject ben --visit baseline -k mercy
trial.exclude
$ event exclude --subject ben --visit baseline -k mercy
trial-event: error: the visit is left out already
[1]
$ trial-publish PILL-1 --check | jq -r .reason | grep withdrawal
[1]

# Two of three are affected: nothing is published on safety hold.
$ for name in alice carl; do event adverse-event --subject $name --term Syncope --grade 3 --causality probable -k dr-bob; done
trial.adverse
trial.adverse
$ mine --quiet | jq -r .type
block
$ trial-publish PILL-1 --check | jq -r .reason | grep hold
the trial is on safety hold
[1]
$ for name in mona milo; do event lift-hold --decision continue -k $name; done
trial.lift
trial.lift
$ trial-publish PILL-1 --check | jq -r .reason | grep hold
[1]

# Results of every registered outcome, of arms that there are, as numbers; what was found afterwards is declared so.
$ result() { jq -cn --arg id $1 --arg value $2 '{outcome: $id, parameter: "MEAN", unit: "points", groups: [{arm: "red", subjects: 1, value: $value}, {arm: "white", subjects: 1, value: "2.5"}]}'; }
$ { result O1 1.5; result O1 2; result O3 3; result O2 many; } | jq -s . > results.json
$ trial-publish PILL-1 --check --results results.json --format text
phase screening is not done
phase treatment is not done
the database is not locked
no analysis plan is registered
the randomisation schedule is not revealed
outcome O1 has two results
outcome O3 was never registered: declare it as post hoc
result of O2: 'many' is not a decimal number
[1]
$ result O2 -1 | jq '[. + {post_hoc: true} | .groups[0].arm = "blue"]' | trial-publish PILL-1 --check --results - --format text
phase screening is not done
phase treatment is not done
the database is not locked
no analysis plan is registered
the randomisation schedule is not revealed
outcome O2 was registered: it isn't post hoc
result of O2: there is no arm 'blue'
no result of primary outcome O1 (Pain at week 4)
[1]
$ { result O1 1.5; result O2 -0.25; result O3 7 | jq '. + {post_hoc: true, title: "Days at work"}'; } | jq -s . > results.json

# The analysis plan counts when it was registered before the lock, phases in their order, each once, by the sponsor.
$ echo 'We shall compare means.' > plan.txt
$ event milestone --milestone treatment -k mercy
trial-event: error: the milestone screening comes before treatment
[1]
$ event milestone --milestone screening -k mona
trial-event: error: only the sponsor reports a milestone
[1]
$ event milestone --milestone screening -k mercy
trial.milestone
$ event milestone --milestone screening -k mercy
trial-event: error: the milestone screening was reached already
[1]
$ event milestone --milestone picnic -k mercy
trial-event: error: the protocol has no milestone 'picnic'
[1]
$ event milestone --milestone treatment -k mercy
trial.milestone
$ event milestone --milestone analysis-plan -k mercy
trial-event: error: an analysis plan is registered by its digest
trial-event: hint: --document FILE
[1]
$ event reveal --schedule secret.yaml -k mercy
trial-event: error: the schedule is revealed after the database is locked
[1]
$ event milestone --milestone analysis-plan --document plan.txt -k mercy
trial.milestone
$ event milestone --milestone lock -k mercy
trial.milestone
$ trial-publish PILL-1 --results results.json -k mercy --format text
the randomisation schedule is not revealed
[1]

# Locked: nothing new but safety reports; the randomisation is revealed by whoever committed to it, as it was.
$ event visit --subject alice --visit week-8 --procedure interview -k dr-bob
trial-event: error: the trial's database was locked at 2023-11-14T23:00:20Z
[1]
$ event consent --site mercy -k mona
trial-event: error: the trial's database was locked at 2023-11-14T23:01:20Z
[1]
$ event adverse-event --subject alice --term Headache --grade 1 -k dr-bob
trial.adverse
$ sed 's/^blocks.*/blocks: [4]/' secret.yaml > other.yaml
$ event reveal --schedule other.yaml -k mercy
trial-event: error: this is not the schedule that was committed to
[1]
$ event reveal --schedule secret.yaml -k mona
trial-event: error: the sponsor or the randomiser reveals the schedule
[1]
$ event reveal --schedule secret.yaml -k mercy
trial.reveal
$ event reveal --schedule secret.yaml -k mercy
trial-event: error: the schedule was revealed already
[1]
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 --format text
Less pain with red pills
PILL-1, version 1, locked
site   version  consents to it  subjects  screen failures  enrolled  randomised  withdrawn  visits
mercy        1               3         3                0         3           3          1       2
arm    at risk  events  with event  severe  serious  fatal  affected  stop at
all          3       3           2       2        0      0         2        2
red          1       2           1       1        0      0         1        -
white        2       1           1       1        0      0         1        -
hold 1 since 2023-11-14T22:39:20Z: 2 of 3 affected, stop at 2; continue
randomisation revealed: 3 of 3 allocations follow from the schedule
$ trial-publish PILL-1 --check --results results.json
$ trial-publish PILL-1 --results results.json -k mona
trial-publish: error: only its sponsor publishes a trial
[1]
$ trial-publish PILL-1 --results results.json -k mercy | jq -r .type
trial.publish
$ trial-publish PILL-1 --results results.json -k mercy
trial-publish: error: the trial is published already
[1]
$ mine --quiet | jq -r .type
block
$ list effects | jq -c 'select(.data.kind == "publish").data | [.kind, .word]'
["publish","results"]
$ show-trial PILL-1 --export | jq -c '.hasResults, .protocolSection.statusModule.overallStatus, .protocolSection.designModule.enrollmentInfo'
true
"COMPLETED"
{"count":3,"type":"ACTUAL"}
$ show-trial PILL-1 --export | jq -c '.resultsSection.outcomeMeasuresModule.outcomeMeasures[] | [.type, .title]'
["PRIMARY","Pain at week 4"]
["SECONDARY","Sleep"]
["POST_HOC","Days at work"]
$ show-trial PILL-1 --export | jq -c '.resultsSection.adverseEventsModule.eventGroups[] | [.title, .seriousNumAffected, .otherNumAffected, .otherNumAtRisk]'
["Red pill",0,1,1]
["White pill",0,1,2]
$ show-trial PILL-1 --export | jq -c '.resultsSection.participantFlowModule.periods[0].milestones[] | [.type, .achievements[].numSubjects]'
["STARTED","1","2"]
["COMPLETED","0","0"]
["NOT COMPLETED","1","2"]
$ trial-amend PILL-1 $EXAMPLES/pain-trial.yaml --irb IRB-2 -k mercy
trial-amend: error: the trial is published: its protocol is final
[1]
$ verify-chain --format text | tail -1
sound

# A record that was exported can be registered again, elsewhere: nothing that is claimed to be kept gets lost.
$ init-ledger --solo -L elsewhere --quiet | jq -r .type
ledger
$ show-trial PILL-1 --export > record.json
$ trial-register record.json -k elsewhere -L elsewhere | jq -r .type
trial.register
$ show-trial PILL-1 --export -L elsewhere | jq -S '.protocolSection' > again.json
$ jq -S '.protocolSection' record.json | diff - again.json && echo the same
the same

# A plan that comes after the lock doesn't count. A trial that the board has ended is published all the same.
$ sed 's/PILL-1/PILL-2/; s/NCT00000001/NCT00000002/' $EXAMPLES/pain-trial.yaml | trial-register - -k mercy | jq -r .type
trial.register
$ trial-event consent --trial PILL-2 --site mercy -k alice
trial-event: error: the registration of 'PILL-2' is not sealed yet: nobody consents before it
trial-event: hint: mine
[1]
$ mine --quiet | jq -r .type
block
$ two() { kind=$1; shift; trial-event $kind --trial PILL-2 "$@" | jq -r .type; }
$ for name in dora eve; do keygen $name --quiet --format text > /dev/null; two consent --site mercy -k $name; two enroll --subject $name -k mercy; two randomise --subject $name --schedule secret.yaml -k mercy; two adverse-event --subject $name --term Syncope --grade 4 -k mercy; done
trial.consent
trial.enroll
trial.randomise
trial.adverse
trial.consent
trial.enroll
trial.randomise
trial.adverse
$ mine --quiet | jq -r .type
block
$ for name in mona max; do two lift-hold --decision terminate -k $name; done
trial.lift
trial.lift
$ for name in screening treatment lock; do two milestone --milestone $name -k mercy; done
trial.milestone
trial.milestone
trial.milestone
$ mine --quiet | jq -r .type
block
$ two milestone --milestone analysis-plan --document plan.txt -k mercy
trial.milestone
$ two reveal --schedule secret.yaml -k mercy
trial.reveal
$ trial-publish PILL-2 --check --results results.json --format text
the analysis plan was registered after the lock
[1]
$ mine --quiet | jq -r .type
block

# 1, 2 and 3.
$ trial-publish PILL-9 --check
trial-publish: error: there is no trial 'PILL-9' on this ledger
trial-publish: hint: show-trial lists them
[1]
$ trial-publish PILL-1
trial-publish: error: --key is required
trial-publish: hint: or --check
[2]
$ trial-publish PILL-1 --chekc
trial-publish: error: unknown option --chekc
trial-publish: hint: did you mean --check?
[2]
$ trial-publish PILL-2 --check --results nowhere.json
trial-publish: error: cannot open nowhere.json: No such file or directory
[3]
$ echo '{"outcome":"O1"}' | trial-publish PILL-2 --check --results -
trial-publish: error: '-' is not a list of results
[1]
$ echo '[{"outcome":"O1"}]' | trial-publish PILL-2 --check --results -
trial-publish: error: '-', result 1: 'parameter' is missing
[1]
$ trial-publish PILL-1 --check -L nowhere
trial-publish: error: there is no ledger in 'nowhere'
trial-publish: hint: carechain init-ledger --solo -L nowhere
[3]
$ trial-publish PILL-1 --check > /dev/full
trial-publish: error: cannot write to standard output: No space left on device
[3]
