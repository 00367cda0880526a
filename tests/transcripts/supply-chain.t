# From the factory to the pharmacy: two-step transfers, a label that is verified, a recall that adds up.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for who in acme wholesaler pharmacy; do keygen $who > /dev/null; done
$ enroll-identity acme --role manufacturer --gln 0300011111116 -k mercy | jq -r .type
identity.enroll
$ enroll-identity wholesaler --role distributor --gln 0399999999991 -k mercy | jq -r .type
identity.enroll
$ enroll-identity pharmacy --role pharmacy --gln 0614141000012 -k mercy | jq -r .type
identity.enroll
$ register-product --prefix 030001 --holder acme -k mercy | jq -r .type
drug.prefix
$ register-product --prefix 039999 --holder wholesaler -k mercy | jq -r .type
drug.prefix
$ register-product --prefix 0614141 --holder pharmacy -k mercy | jq -r .type
drug.prefix
$ register-product 00300010123455 --name Epcistra --ndc 0001-0123-45 -k acme | jq -r .type
drug.product
$ move-drug --step commissioning '(01)00300010123455(21)11(10)A123(17)270331' '(01)00300010123455(21)12' '(01)00300010123455(21)13' -k acme | jq -c .data.items
["01/00300010123455/21/11","01/00300010123455/21/12","01/00300010123455/21/13"]
$ move-drug --step packing '(01)00300010123455(21)11' '(01)00300010123455(21)12' --into '(00)403000112345678901' -k acme | jq -r .data.parent
00/403000112345678901
$ move-drug --step shipping '(00)403000112345678901' --to 0399999999991 --paper po=4711 -k acme | jq -r .type
drug.event
$ move-drug --step receiving '(00)403000112345678901' --paper po=4711 -k wholesaler | jq -r .type
drug.event
$ move-drug --step unpacking --into '(00)403000112345678901' -k wholesaler | jq -r .type
drug.event
$ move-drug --step shipping '(01)00300010123455(21)11' --to 0614141000012 --paper po=4712 -k wholesaler | jq -r .type
drug.event
$ move-drug --step receiving '(01)00300010123455(21)11' --paper po=4712 -k pharmacy | jq -r .type
drug.event
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ verify-chain --format text | tail -1
sound

# The way of a unit, named as a scanner sends it; through the pallet it was on.
$ trace-drug $']d201003000101234552111\x1d10A123' --format text
01/00300010123455/21/11  Epcistra
lot A123, expires 2027-03-31
held by pharmacy 0614141000012, owned by pharmacy 0614141000012
when                  step           disposition  where
2023-11-14T22:24:20Z  commissioning  active       acme 0300011111116
2023-11-14T22:25:20Z  packing        in_progress  acme 0300011111116        into 00/403000112345678901
2023-11-14T22:26:20Z  shipping       in_transit   acme 0300011111116        to wholesaler 0399999999991, as 00/403000112345678901, po 4711
2023-11-14T22:27:20Z  receiving      in_progress  wholesaler 0399999999991  as 00/403000112345678901, po 4711
2023-11-14T22:28:20Z  unpacking      in_progress  wholesaler 0399999999991  out of 00/403000112345678901
2023-11-14T22:29:20Z  shipping       in_transit   wholesaler 0399999999991  to pharmacy 0614141000012, po 4712
2023-11-14T22:30:20Z  receiving      in_progress  pharmacy 0614141000012    po 4712
$ trace-drug urn:epc:id:sgtin:030001.0012345.12 | jq -c '[.type, .data.step, .data.as, .data.status, .data.holder]'
["drug.hop","commissioning","itself",null,null]
["drug.hop","packing","itself",null,null]
["drug.hop","shipping","inside",null,null]
["drug.hop","receiving","inside",null,null]
["drug.hop","unpacking","itself",null,null]
["drug.standing",null,null,"here","0399999999991"]
$ trace-drug '(01)00300010123455(21)11' --as-of 0 --format text
01/00300010123455/21/11  Epcistra
when  step  disposition  where
$ trace-drug '(01)00300010123455(21)11' --graph | head -3
digraph way {
  label="01/00300010123455/21/11"; rankdir=LR; node [shape=box];
  n0 [label="commissioning 2023-11-14 acme 0300011111116"];
$ trace-drug '(01)00300010123455(21)11' --epcis | jq -r '.epcisBody.queryResults.resultsBody.eventList[0].epcList[0]'
https://id.gs1.org/01/00300010123455/21/11

# Is it what its label says? The answer is signed and can be checked elsewhere.
$ verify-drug '(01)00300010123455(21)11(10)A123(17)270331' -k acme > answer; jq -c '[.data.verified, .reason]' answer
[true,null]
$ verify-drug --check answer --signer acme --max-age 3600 --format text
01/00300010123455/21/11: verified
$ verify-drug '(01)00300010123455(21)11(10)B999' -k acme --format text
01/00300010123455/21/11: No_match_GTIN_Serial_Lot
[1]
$ verify-drug '(01)00300010123455(21)99' -k acme --format text
01/00300010123455/21/99: No_match_GTIN_Serial
[1]

# Stock: one unit too few, one too many.
$ echo '(01)00300010123455(21)77' | reconcile-stock - --at 0614141000012 --format text
thing                    finding
01/00300010123455/21/77  product without data
01/00300010123455/21/11  data without product
[1]
$ echo '(01)00300010123455(21)11' | reconcile-stock - --at 0614141000012 --all --format text
thing                    finding
01/00300010123455/21/11  fine

# A recall: nothing goes on but back, and the sum is what was commissioned.
$ recall-drug '(01)00300010123455(10)A123' --class I --level consumer --reason 'glass particles' -k acme | jq -r .id > recall
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ move-drug --step dispensing '(01)00300010123455(21)11' -k pharmacy
move-drug: error: 01/00300010123455/21/11 is recalled (3c31be1bae35db0b)
move-drug: hint: move-drug --step returning sends it back; --anyway ships it, and is flagged
[1]
$ verify-drug '(01)00300010123455(21)11' -k acme --format text
01/00300010123455/21/11: Not_for_re-distribution, Recalled
[1]
$ trace-drug --recall $(cat recall) --format text
                                  units
held by acme 0300011111116            1
held by wholesaler 0399999999991      1
held by pharmacy 0614141000012        1
dispensed                             0
destroyed                             0
decommissioned                        0
unaccounted for                       0
commissioned                          3
$ move-drug --step returning '(01)00300010123455(21)11' --to 0399999999991 --paper rma=1 -k pharmacy | jq -r .data.disposition
returned
$ trace-drug --recall $(cat recall) | jq -c '.data | [.held, .in_transit, .unaccounted]'
[[{"holder":"0300011111116","units":1},{"holder":"0399999999991","units":1}],[{"from":"0614141000012","to":"0399999999991","units":1}],0]
$ recall-drug --end $(cat recall) -k acme | jq -r .type
drug.recall

# Could not be found: 1. A command line that makes no sense: 2. Could not find out: 3.
$ trace-drug '(01)00300010123455(21)99'
trace-drug: error: the ledger knows no 01/00300010123455/21/99
trace-drug: hint: list the lot: trace-drug '(01)GTIN(10)LOT'
[1]
$ trace-drug '(01)00300010123455(21)11' --as-of yesterday
trace-drug: error: --as-of: 'yesterday' is neither a time nor a height
[2]
$ trace-drug '(01)00300010123455(21)11' -L nowhere
trace-drug: error: there is no ledger in 'nowhere'
trace-drug: hint: carechain init-ledger --solo -L nowhere
[3]
$ move-drug --step commissioning '(01)00300010123455(21)14' -k pharmacy
move-drug: error: the GTIN 00300010123455 belongs to another company's prefix
move-drug: hint: only its owner may commission it
[1]
$ move-drug --step shipping '(01)00300010123455(21)12' -k wholesaler
move-drug: error: --to is missing: the GLN it is sent to
[2]
$ move-drug --step shipping '(01)00300010123455(21)12' --to 0614141000012 -k nobody
move-drug: error: there is no key 'nobody' in ~/../keys
move-drug: hint: keygen nobody
[3]
$ verify-drug '(01)00300010123455' -k acme
verify-drug: error: '(01)00300010123455' names no single unit: a serial is missing
[1]
$ verify-drug -k acme
verify-drug: error: no unit is named
verify-drug: hint: verify-drug '(01)GTIN(21)SERIAL'
[2]
$ verify-drug '(01)00300010123455(21)11' -k acme -L nowhere
verify-drug: error: there is no ledger in 'nowhere'
verify-drug: hint: carechain init-ledger --solo -L nowhere
[3]
$ reconcile-stock nowhere.txt --at 0614141000012
reconcile-stock: error: cannot open nowhere.txt: No such file or directory
[3]
$ reconcile-stock - --at 0614141000013
reconcile-stock: error: '0614141000013' is no GLN: 13 digits with their check digit
[2]
$ recall-drug '(01)00300010123455(10)A123' -k pharmacy
recall-drug: error: only the product's owner or a regulator recalls it
[1]
$ recall-drug -k acme
recall-drug: error: the product is missing
recall-drug: hint: recall-drug '(01)GTIN(10)LOT'
[2]
$ recall-drug '(01)00300010123455' -k acme -L nowhere
recall-drug: error: there is no ledger in 'nowhere'
recall-drug: hint: carechain init-ledger --solo -L nowhere
[3]
