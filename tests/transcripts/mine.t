# What is pending becomes a block.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ mine
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .status
$ mine | jq -c '{type, height, data: (.data | {pin, transactions, dropped})}'
$ mine --empty --format text

# Transactions from a pipe are passed through with what became of them.
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice | mine - | jq -c '{type, status, height}'
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice --offline > later
$ mine - < later | jq -c '{type, status, height}'
$ mine - < later | jq -c '{type, status, height}'

# No more than so many; what no longer fits is dropped with the reason, and shown when asked for.
$ for n in 1 2 3; do grant --to dr-bob --scope 'patient/*.rs' --custodian mercy --until 2023-11-14T22:24:10Z -k alice > grant$n; done
$ mine --max-transactions 2 | jq -c '.data | {transactions, dropped}'
$ list pending --format text | wc -l
$ mine | jq -c '.data | {transactions, dropped}'

# 1: somebody who may not seal, an empty pipe. 2 and 3.
$ mine -k alice --empty
$ mine - < /dev/null
$ mine --threads none
$ mine -k alcie
$ mine -L nowhere
