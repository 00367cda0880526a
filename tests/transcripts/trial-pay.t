# What visits pay accrues once each, survives a withdrawal, and is acknowledged by the sponsor once.
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
$ for name in alice ben; do join $name; done
trial.consent
trial.enroll
trial.randomise
trial.consent
trial.enroll
trial.randomise
$ for name in alice ben; do event visit --subject $name --visit baseline --procedure blood -k dr-bob; done
trial.visit
trial.visit
$ event visit --subject alice --visit baseline --procedure blood -k dr-bob
trial-event: error: the visit baseline is recorded already: it is paid for once
[1]
$ mine --quiet | jq -r .type
block
$ list effects | jq -c 'select(.data.kind == "pay").data | [.kind, .word, .amount, .currency]'
["pay","visit","5000","USD"]
["pay","visit","5000","USD"]
$ show-trial PILL-1 --payments | jq -c '.data | [.amount, .currency, .paid]'
["5000","USD",null]
["5000","USD",null]

# A withdrawal keeps what accrued. Who completes gets the bonus, which is at most a tenth of what all visits pay.
$ event withdraw --level follow-up -k ben
trial.withdraw
$ event visit --subject ben --visit week-8 --procedure interview -k dr-bob
trial-event: error: the subject withdrew from follow-up at 2023-11-14T22:32:20Z
[1]
$ event complete --subject ben --status discontinued -k mercy
trial.complete
$ event visit --subject alice --visit week-4 --procedure interview -k dr-bob
trial.visit
$ event visit --subject alice --visit week-8 --procedure interview -k dr-bob
trial.visit
$ event complete --subject alice -k mercy
trial.complete
$ event complete --subject alice -k mercy
trial-event: error: the subject is completed
[1]
$ mine --quiet | jq -r .type
block
$ show-trial PILL-1 --payments --format text
visit         subject                amount     state
05ed31c70575  did:key:z6Mkt8atLnGZ…  50.00 USD  due
14859b4a8961  did:key:z6Mkt8atLnGZ…  25.00 USD  due
bf2050a6450b  did:key:z6Mkt8atLnGZ…  5.00 USD   due
eed218dcbf49  did:key:z6MkvgB6n3zw…  50.00 USD  due

# Paid: several at once, all or none, by the sponsor, once.
$ due() { show-trial PILL-1 --payments | jq -r 'select(.data.paid == null).id'; }
$ trial-pay $(due | head -1) -k mona
trial-pay: error: the sponsor acknowledges payments
[1]
$ trial-pay $(due | head -1) $(due | head -1) -k mercy
trial-pay: error: operation 1: it was paid already
[1]
$ due | wc -l
4
$ trial-pay $(due | head -2) -k mercy | jq -c .type
"trial.pay"
$ due | jq -Rc '{visit: [.]}' | trial-pay --batch - -k mercy | jq -c .type
"trial.pay"
$ due
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id | head -1) -k mercy
trial-pay: error: it was paid already
[1]
$ mine --quiet | jq -r .type
block
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id | head -1) -k mercy
trial-pay: error: it was paid already
[1]
$ show-trial PILL-1 --payments --format text
visit         subject                amount     state
05ed31c70575  did:key:z6Mkt8atLnGZ…  50.00 USD  paid
14859b4a8961  did:key:z6Mkt8atLnGZ…  25.00 USD  paid
bf2050a6450b  did:key:z6Mkt8atLnGZ…  5.00 USD   paid
eed218dcbf49  did:key:z6MkvgB6n3zw…  50.00 USD  paid
$ trial-pay $(show-trial PILL-1 | jq -r .id) -k mercy
trial-pay: error: nothing accrued there
trial-pay: hint: show-trial --payments lists what accrued
[1]
$ verify-chain --format text | tail -1
sound

# 1, 2 and 3.
$ trial-pay 00000000 -k mercy
trial-pay: error: there is no transaction '00000000' on this ledger
trial-pay: hint: carechain show-chain --transactions
[1]
$ trial-pay -k mercy
trial-pay: error: visit is required
trial-pay: hint: see trial-pay --help
[2]
$ echo '{"visits":["a"]}' | trial-pay --batch - -k mercy
trial-pay: error: standard input, line 1: unknown key 'visits'
trial-pay: hint: did you mean 'visit'?
[2]
$ trial-pay $(show-trial PILL-1 --payments | jq -r .id | head -1) -k nobody
trial-pay: error: there is no key 'nobody' in ~/../keys
trial-pay: hint: keygen nobody
[3]
$ trial-pay 00000000 -k mercy -L nowhere
trial-pay: error: there is no ledger in 'nowhere'
trial-pay: hint: carechain init-ledger --solo -L nowhere
[3]
