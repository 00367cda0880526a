# What people without documents say happens to units, cases and pallets.
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
$ move-drug --step packing '(01)00300010123455(21)12' --into '(00)403000112345678901' -k acme | jq -c '.data | [.kind, .action, .parent, .items]'
["aggregation","add","00/403000112345678901",["01/00300010123455/21/12"]]
$ printf '%s\n' '{"things":["(00)403000112345678901"],"step":"shipping","to":"0399999999991","paper":["po=1"]}' '{"things":["(01)00300010123455(21)11"],"step":"holding"}' > batch
$ move-drug --batch batch -k acme | jq -c '[.data.operations[] | .[1].step // .step]'
["shipping","holding"]
$ move-drug --mark suspect '(01)00300010123455(21)11' -k acme | jq -c .data
{"item":"01/00300010123455/21/11","mark":"suspect"}
$ mine --format text | head -1 | cut -c1-13
block  sealed

# No: it is suspect, belongs to another's prefix, or names no single thing.
$ move-drug --step shipping '(01)00300010123455(21)11' --to 0399999999991 -k acme
move-drug: error: 01/00300010123455/21/11 is suspect
move-drug: hint: move-drug --step returning sends it back; --anyway ships it, and is flagged
[1]
$ move-drug --step shipping '(01)00300010123455(21)11' --to 0399999999991 --anyway --paper po=2 -k acme | jq -r .type
drug.event
$ move-drug --step commissioning '(01)00300010123455(21)13' -k wholesaler
move-drug: error: the GTIN 00300010123455 belongs to another company's prefix
move-drug: hint: only its owner may commission it
[1]
$ move-drug --step holding '(01)00300010123455(10)A123' -k acme
move-drug: error: '(01)00300010123455(10)A123' names no single thing: a serial is missing
[1]
$ move-drug --mark cleared '(01)00300010123455(21)11' -k wholesaler
move-drug: error: only the product's owner or a regulator clears a suspicion
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ move-drug -k acme
move-drug: error: no thing is named
[2]
$ move-drug --step flying '(01)00300010123455(21)11' -k acme
move-drug: error: --step: 'flying' is none of commissioning,packing,shipping,receiving,unpacking,dispensing,returning,holding,decommissioning,destroying,void_shipping
[2]
$ move-drug --step commissioning '(01)00300010123455(21)15(10)A' '(01)00300010123455(21)16(10)B' -k acme
move-drug: error: the labels have different lots
move-drug: hint: one call, or one line of a batch, for each
[2]
$ move-drug --step packing '(01)00300010123455(21)11' -k acme
move-drug: error: --into is missing: the case or pallet
[2]
$ move-drug --step holding '(01)00300010123455(21)11' -k nobody
move-drug: error: there is no key 'nobody' in ~/../keys
move-drug: hint: keygen nobody
[3]
$ move-drug --step holding '(01)00300010123455(21)11' -k acme -L nowhere
move-drug: error: there is no ledger in 'nowhere'
move-drug: hint: carechain init-ledger --solo -L nowhere
[3]
