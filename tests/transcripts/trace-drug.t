# Where a thing has been, where it is, and what is wrong with it.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for who in acme wholesaler pharmacy; do keygen $who > /dev/null; done
$ enroll-identity acme --role manufacturer --gln 0300011111116 -k mercy | jq -r .type
identity.enroll
$ enroll-identity wholesaler --role distributor --gln 0399999999991 -k mercy | jq -r .type
identity.enroll
$ for row in '030001 acme' '039999 wholesaler'; do set -- $row; register-product --prefix $1 --holder $2 -k mercy | jq -r .type; done
drug.prefix
drug.prefix
$ register-product 00300010123455 --name Epcistra -k acme | jq -r .type
drug.product
$ move-drug --step commissioning '(01)00300010123455(21)11(10)A123(17)270331' '(01)00300010123455(21)12' -k acme | jq -r .type
drug.event
$ move-drug --step shipping '(01)00300010123455(21)11' --to 0399999999991 --paper po=1 -k acme | jq -r .type
drug.event
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ move-drug --step dispensing '(01)00300010123455(21)12' -k wholesaler | jq -r .type
drug.event
$ trace-drug '(01)00300010123455(21)11' --format text
01/00300010123455/21/11  Epcistra
lot A123, expires 2027-03-31
in transit from acme 0300011111116 to wholesaler 0399999999991, owned by acme 0300011111116
when                  step           disposition  where
2023-11-14T22:21:20Z  commissioning  active       acme 0300011111116
2023-11-14T22:22:20Z  shipping       in_transit   acme 0300011111116  to wholesaler 0399999999991, po 1
$ trace-drug '(01)00300010123455(21)12' --format text | tail -1 | cut -c1-56
R07 warning: handled by somebody who did not hold it (d6
$ trace-drug '(01)00300010123455(21)12' | jq -c 'select(.type == "drug.standing").data | [.status, .holder, [.flags[].code]]'
["dispensed","0300011111116",["R07"]]
$ trace-drug '(01)00300010123455(21)11' --as-of 1 | jq -r .data.step
commissioning
shipping
null
$ trace-drug '(01)00300010123455(10)A123' | jq -c .data
{"commissioned":2,"held":[],"in_transit":[{"from":"0300011111116","to":"0399999999991","units":1}],"dispensed":1,"destroyed":0,"decommissioned":0,"unaccounted":0}
$ trace-drug --flags | jq -c '.data | [.thing, .code]'
["01/00300010123455/21/12","R07"]
$ trace-drug '(01)00300010123455(21)11' --graph | tail -2
  n0 -> n1;
}
$ trace-drug '(01)00300010123455(21)11' --epcis | jq -r .type
EPCISQueryDocument

# No such thing, no such recall, no name of a thing: 1.
$ trace-drug '(01)00300010123455(21)99'
trace-drug: error: the ledger knows no 01/00300010123455/21/99
trace-drug: hint: list the lot: trace-drug '(01)GTIN(10)LOT'
[1]
$ trace-drug --recall 3f0c2d3e
trace-drug: error: there is no transaction '3f0c2d3e' on this ledger
trace-drug: hint: carechain show-chain --transactions
[1]
$ trace-drug 'aspirin'
trace-drug: error: 'aspi' begins with no known application identifier
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ trace-drug
trace-drug: error: either a thing, or --recall ID, or --flags
[2]
$ trace-drug '(01)00300010123455(21)11' --as-of never
trace-drug: error: --as-of: 'never' is neither a time nor a height
[2]
$ trace-drug '(01)00300010123455(21)11' -L nowhere
trace-drug: error: there is no ledger in 'nowhere'
trace-drug: hint: carechain init-ledger --solo -L nowhere
[3]
