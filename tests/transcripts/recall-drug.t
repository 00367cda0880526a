# A recall of a range of serials, its report, and its end.
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
$ recall-drug '(01)00300010123455(10)A123' --first 12 --last 13 --class I --level consumer --reason glass -k acme > recall; jq -c .data recall
{"gtin":"00300010123455","lot":"A123","first":"12","last":"13","class":"I","level":"consumer","reason":"glass"}
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ trace-drug --recall $(jq -r .id recall) --format text
                            units
held by acme 0300011111116      1
dispensed                       0
destroyed                       0
decommissioned                  0
unaccounted for                 0
commissioned                    1
$ move-drug --step shipping '(01)00300010123455(21)12' --to 0399999999991 -k acme
move-drug: error: 01/00300010123455/21/12 is recalled (9d7b1125daeddc51)
move-drug: hint: move-drug --step returning sends it back; --anyway ships it, and is flagged
[1]
$ move-drug --step shipping '(01)00300010123455(21)11' --to 0399999999991 --paper po=1 -k acme | jq -r .type
drug.event
$ recall-drug --end $(jq -r .id recall) -k wholesaler
recall-drug: error: only who began a recall may end it
[1]
$ recall-drug --end $(jq -r .id recall) -k acme | jq -r .data.ends
9d7b1125daeddc518e873a3a04211a1b743b59c48f99a42a14692b09e5fe7d53.0
$ recall-drug --end $(jq -r .id recall) -k acme
recall-drug: error: that recall is over already
[1]
$ recall-drug '(01)00300010123455' -k wholesaler
recall-drug: error: only the product's owner or a regulator recalls it
[1]
$ recall-drug '(01)00300010123462' -k acme
recall-drug: error: there is no product 00300010123462 on this ledger
[1]
$ recall-drug '(00)403000112345678901' -k acme
recall-drug: error: '(00)403000112345678901' names no GTIN
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ recall-drug -k acme
recall-drug: error: the product is missing
recall-drug: hint: recall-drug '(01)GTIN(10)LOT'
[2]
$ recall-drug '(01)00300010123455' --class IV -k acme
recall-drug: error: --class: 'IV' is none of I,II,III
recall-drug: hint: did you mean I?
[2]
$ recall-drug '(01)00300010123455' -k nobody
recall-drug: error: there is no key 'nobody' in ~/../keys
recall-drug: hint: keygen nobody
[3]
$ recall-drug '(01)00300010123455' -k acme -L nowhere
recall-drug: error: there is no ledger in 'nowhere'
recall-drug: hint: carechain init-ledger --solo -L nowhere
[3]
