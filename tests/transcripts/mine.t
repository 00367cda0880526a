# What is pending becomes a block.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ mine
mine: error: nothing is pending
mine: hint: --empty seals a block all the same
[1]
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .status
pending
$ mine | jq -c '{type, height, data: (.data | {pin, transactions, dropped})}'
{"type":"block","height":1,"data":{"pin":"1:4ccac4c16b0c3892e1114e8f227eace6819dfd43be144fd4dfc05229c9fe0b1a","transactions":1,"dropped":[]}}
$ mine --empty --format text
block  sealed  11cc72d843f3b9d167c1a166ae072ac90f69f3650d403be9b1dae557ce80cd06
  height        2
  block         11cc72d843f3b9d167c1a166ae072ac90f69f3650d403be9b1dae557ce80cd06
  time          2023-11-14T22:21:20Z
  signer        did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger        3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
  pin           2:11cc72d843f3b9d167c1a166ae072ac90f69f3650d403be9b1dae557ce80cd06
  transactions  0
  bytes         257
  nonce         4

# Transactions from a pipe are passed through with what became of them.
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice | mine - | jq -c '{type, status, height}'
{"type":"access.grant","status":"sealed","height":3}
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice --offline > later
$ mine - < later | jq -c '{type, status, height}'
{"type":"access.grant","status":"sealed","height":4}
$ mine - < later | jq -c '{type, status, height}'
{"type":"access.grant","status":"sealed","height":4}

# No more than so many at once.
$ for n in 1 2 3; do grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice > grant$n; done
$ mine --max-transactions 2 | jq -c '.data | {transactions, dropped}'
{"transactions":2,"dropped":[]}
$ list pending --format text | wc -l
2
$ mine | jq -c '.data | {transactions, dropped}'
{"transactions":1,"dropped":[]}

# What no longer fits is dropped, with the reason: a clinic enrols a nurse just before its own standing ends.
$ keygen clinic --format text
did:key:z6MkwcnDviTVx7z699ABarbMJb221qPDMwKfU7RmK5zcXKiz
$ enroll-identity clinic --role hospital --until 2023-11-14T22:34:50Z -k mercy | jq -r .status
pending
$ mine --format text | head -1
block  sealed  78481b128d631f752972cde6ed758ca26947d76242c1f537818c5652f2af21b1
$ keygen nurse --format text
did:key:z6Mks3nRNxC9bcEweLCCkGvg41ccyqpSdTUdoHkaCNQjaNbJ
$ enroll-identity nurse --role nurse -k clinic > enrolment
$ mine
mine: dropped 232292c1585a5f9a: the enrolling organisation is suspended or its standing has ended
mine: error: everything that was pending was dropped
mine: hint: --empty seals a block all the same
[1]
$ show-tx $(jq -r .tx enrolment) | jq -c '{status, reason}'
{"status":"dropped","reason":"the enrolling organisation is suspended or its standing has ended"}
[1]

# 1: somebody who may not seal, an empty pipe. 2 and 3.
$ mine -k alice --empty
mine: error: did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c may not seal on this ledger
mine: hint: list identities --sealers shows who may
[1]
$ mine - < /dev/null
mine: error: there is nothing on stdin to seal
mine: hint: leave out the - to seal what is pending
[1]
$ mine --threads none
mine: error: --threads: 'none' is not a whole number from 1 to 1024
[2]
$ mine -k alcie
mine: error: there is no key 'alcie' in ~/../keys
mine: hint: did you mean alice?
[3]
$ mine -L nowhere
mine: error: there is no ledger in 'nowhere'
mine: hint: carechain init-ledger --solo -L nowhere
[3]
