# What became of a transaction: pending is 3, sealed 0, dropped 1.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy > enrolment
$ tx=$(jq -r .tx enrolment)
$ show-tx $tx | jq -c '{status, height}'
$ show-tx $tx --wait 1 --format text
$ mine --format text | head -1
$ show-tx $tx | jq -c '{status, height, block}'
$ show-tx ${tx:0:8} --format text
$ show-tx $tx.0 | jq -c '{type, status, height}'
$ show-tx 00000000
$ show-tx 1234
$ show-tx
$ show-tx $tx -L nowhere
