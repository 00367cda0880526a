# A trial from its registration to the first visits: nobody is enrolled before it is registered, nothing is done without
# a consent in force, and the boundary stops it.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in dr-bob mona milo max; do keygen $name --quiet --format text > /dev/null; done
$ for name in alice ben carl dora eve; do keygen $name --quiet --format text > /dev/null; done
$ enroll-identity dr-bob --role investigator -k mercy --quiet | jq -r .type
$ for name in mona milo max; do enroll-identity $name --role monitor -k mercy | jq -r .type; done
$ mine --format text | head -1
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
>   - {id: week-4, procedures: [interview], pay: 2500}
>   - {id: week-8, procedures: [interview], follow-up: true}
> consent: {file: form-1.txt}
> currency: USD
> sites:
>   - {site: mercy, irb: IRB-1, from: 2023-11-14}
> monitors: {needed: 2, members: [mona, milo, max]}
> safety: {method: table, subjects: 4, table: [0, 2, 2, 3]}
> randomisation: {schedule: secret.yaml, blocks: [2, 4]}
> END

# Enrolment before registration is refused.
$ trial-event consent --trial PILL-1 --site mercy -k alice
$ trial-register trial.yaml -k mercy | jq -c '{type, status, outcomes: [.data.protocol.outcomes[] | [.id, .kind]]}'
$ mine --format text | head -1
$ trial-register trial.yaml -k mercy
$ stat -c %a secret.yaml

# Consent with the subject's own key, then enrolment, then allocation.
$ subject() { jq -r 'if .data.operations then .data.operations[0][1].subject else .data.subject end'; }
$ trial-event enroll --trial PILL-1 --subject alice -k mercy
$ for name in alice ben carl dora; do trial-event consent --trial PILL-1 --site mercy -k $name | jq -r .type; done
$ trial-event consent --trial PILL-1 --site mercy -k alice
$ trial-event randomise --trial PILL-1 --subject alice --schedule secret.yaml -k mercy
$ for name in alice ben carl; do trial-event enroll --trial PILL-1 --subject $name -k mercy | jq -r .type; done
$ trial-event enroll --trial PILL-1 --subject dora --not-eligible --reason age -k mercy | jq -r .type
$ mine --format text | head -1
$ for name in alice ben carl; do trial-event randomise --trial PILL-1 --subject $name --schedule secret.yaml -k mercy | jq -c '.data | {stratum, index, arm}'; done
$ trial-event randomise --trial PILL-1 --subject dora --schedule secret.yaml -k mercy

# A representative signs for a subject who can't, and an investigator of the site answers for it.
$ keygen rita --quiet --format text > /dev/null
$ eve=$(keygen --derive eve --for mercy --format text)
$ trial-event consent --trial PILL-1 --site mercy --subject $eve --meaning representative -k rita | jq -r .data.meaning
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
$ trial-event countersign --trial PILL-1 --subject $eve --representative rita -k mercy
$ trial-event countersign --trial PILL-1 --subject $eve --representative rita -k dr-bob | jq -r .type

# Visits: covered by the consent, paid once, by the subject's site.
$ trial-event visit --trial PILL-1 --subject alice --visit baseline --procedure blood --procedure interview -k dr-bob | jq -c '[.type, .data.visit]'
$ trial-event visit --trial PILL-1 --subject alice --visit baseline --procedure blood -k dr-bob
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure biopsy -k dr-bob
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview --at 2023-11-10 -k dr-bob
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview --at 2023-11-10 --late paper-record -k dr-bob
$ keygen zoe --quiet --format text > /dev/null
$ trial-event visit --trial PILL-1 --subject zoe --visit baseline -k dr-bob
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 -k rita
$ mine --format text | head -1

# A withdrawal stops the intervention, not the follow-up, and what accrued stays due.
$ trial-event withdraw --trial PILL-1 -k alice | jq -c '.data.level'
$ trial-event visit --trial PILL-1 --subject alice --visit week-4 --procedure interview -k dr-bob
$ trial-event visit --trial PILL-1 --subject alice --visit week-8 --procedure interview -k dr-bob | jq -r .data.visit
$ show-trial PILL-1 --payments --format text
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id) -k mercy | jq -r .type
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id) -k mercy
$ mine --format text | head -1

# Adverse events: serious by their criteria, whatever the flag says. Two affected of three reach the boundary.
$ trial-event adverse-event --trial PILL-1 --subject alice --term Headache --grade 2 --causality possible -k dr-bob | jq -r .type
$ trial-event adverse-event --trial PILL-1 --subject ben --term Syncope --grade 3 --causality probable --criterion hospitalisation -k dr-bob | jq -r .type
$ trial-event adverse-event --trial PILL-1 --subject carl --term 'Cardiac arrest' --grade 5 --outcome fatal --causality unlikely -k dr-bob | jq -r .data.serious
$ trial-event adverse-event --trial PILL-1 --subject carl --term Nausea --grade 6 -k dr-bob
$ trial-event adverse-event --trial PILL-1 --subject carl --term Nausea --grade 4 --scale severity-3 -k dr-bob
$ mine --format text | head -1
$ show-trial PILL-1 --format text

# On hold nobody is enrolled or randomised; two of three members of the board lift it, nobody else.
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
$ trial-event lift-hold --trial PILL-1 --decision continue -k mercy
$ trial-event lift-hold --trial PILL-1 --decision continue -k mona | jq -r .type
$ trial-event lift-hold --trial PILL-1 --decision continue -k mona
$ trial-event lift-hold --trial PILL-1 --decision terminate -k max | jq -r .type
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy
$ trial-event lift-hold --trial PILL-1 --decision continue -k milo | jq -r .type
$ trial-event enroll --trial PILL-1 --subject $eve -k mercy | jq -r .type
$ mine --format text | head -1
$ verify-chain --format text | tail -1

# 2 and 3.
$ trial-event visit --trial PILL-1 --subject alice -k mercy
$ trial-event vist --trial PILL-1
$ trial-event visit -L nowhere --trial PILL-1 --subject alice --visit baseline -k mercy
$ trial-register nowhere.yaml -k mercy
$ trial-register -k mercy
$ echo 'titel: x' | trial-register - -k mercy
$ show-trial PILL-2
$ show-trial PILL-1 --worklist --payments
$ show-trial -L nowhere
