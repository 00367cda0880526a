# What is pending becomes a block.
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
{"type":"block","height":1,"data":{"pin":"1:5dbe08475366f80f740f8aa180002bfc94b560316be849fa04aad61ad322b66a","transactions":1,"dropped":[]}}
$ mine --empty --format text
block  sealed  14f66e475e109f6e200fa187bb89c4052930d2f1ad4ee937202433772a868f71
  height        2
  block         14f66e475e109f6e200fa187bb89c4052930d2f1ad4ee937202433772a868f71
  time          2023-11-14T22:20:20Z
  signer        did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger        4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  pin           2:14f66e475e109f6e200fa187bb89c4052930d2f1ad4ee937202433772a868f71
  transactions  0
  bytes         257
  nonce         1

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
$ list pending --format text | wc -l
$ mine | jq -c '.data | {transactions, dropped}'

# What no longer fits is dropped, with the reason: a clinic enrols a nurse just before its own standing ends.
$ keygen clinic --format text
$ enroll-identity clinic --role hospital --until 2023-11-14T22:31:00Z -k mercy | jq -r .status
$ mine --format text | head -1
$ keygen nurse --format text
$ enroll-identity nurse --role nurse -k clinic > enrolment
$ mine
$ show-tx $(jq -r .tx enrolment) | jq -c '{status, reason}'

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
mine: error: the sealer's key is missing
mine: hint: mine -k NAME
[2]
