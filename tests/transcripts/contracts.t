# Contract documents are checked and tried before they bind anybody.
$ cp -r "$EXAMPLES/../contracts" .
$ check-contract contracts/example-hdhp.yaml
check-contract: contracts/example-hdhp.yaml: example-hdhp version 1, 1 rules, 3 tests: sound
$ echo '{"claim":{"use":"claim","emergency":false},"line":{"code":"27447","charge":3000000,"units":1,"authorised":false},"provider":{"in_network":true}}' > knee.json
$ check-contract contracts/example-ppo.yaml --input knee.json --explain --format text
check-contract: contracts/example-ppo.yaml: example-ppo version 1, 4 rules, 5 tests: sound
decision: deny CO-197 (rule authorisation-missing)
  formula allowed: line.code in fees ? fees[line.code] * line.units : bp(line.charge, provider.in_network ? 8000 : 6000)
      line.code = "27447"
      fees = {"71046": 3200, "80053": 1400, "85025": 1100, "86663": 900, …
      line.units = 1
      line.charge = 3000000
      provider.in_network = true
      -> 2400000
  formula copay: line.code in office ? office_copay : 0
      line.code = "27447"
      office = {"99213": true, "99214": true}
      office_copay = 3000
      -> 0
  formula coinsurance: line.code in preventive || line.code in office ? 0 : provider.in_network ? coinsurance : 4000
      line.code = "27447"
      preventive = {"99396": true, "G0438": true, "G0439": true}
      office = {"99213": true, "99214": true}
      provider.in_network = true
      coinsurance = 2000
      -> 2000
  formula deductible_applies: !(line.code in preventive || line.code in office)
      line.code = "27447"
      preventive = {"99396": true, "G0438": true, "G0439": true}
      office = {"99213": true, "99214": true}
      -> true
  formula category: line.code in therapy ? 'therapy' : ''
      line.code = "27447"
      therapy = {"97110": true, "97140": true, "97530": true}
      -> ""
  formula limit: line.code in therapy ? therapy_limit : -1
      line.code = "27447"
      therapy = {"97110": true, "97140": true, "97530": true}
      therapy_limit = 250000
      -> -1
  rule cosmetic: line.code in cosmetic
      line.code = "27447"
      cosmetic = {"15775": true, "15824": true}
      -> false
  rule authorisation-missing: line.code in needs_authorisation && !line.authorised && claim.use == 'claim' && !claim.emergency
      line.code = "27447"
      needs_authorisation = {"27447": true, "63030": true, "70551": true}
      line.authorised = false
      claim.use = "claim"
      claim.emergency = false
      -> true
  rule unlisted-procedure: line.code in unlisted
      line.code = "27447"
      unlisted = {"64999": true, "99499": true, "A9999": true}
      -> false
  rule many-units: line.units > 100
      line.units = 1
      -> false
$ check-contract contracts/example-ppo.yaml --input - --quiet < knee.json | jq -c .data
{"decision":"deny","reason":"CO-197","rule":"authorisation-missing","message":"this needs an authorisation before it is done"}
$ sed 's/line.code in cosmetic/line.cod in cosmetic/' contracts/example-ppo.yaml > contracts/typo.yaml
$ check-contract contracts/typo.yaml
check-contract: error: contracts/typo.yaml:42:11: rule 'cosmetic': line 1, column 6: 'line' has no field 'cod'
check-contract: hint: did you mean 'code'?
check-contract:   line.cod in cosmetic
check-contract:        ^
[1]
$ sed 's/outcome: pay, copay: 0/outcome: pay, copay: 1/' contracts/example-hdhp.yaml > contracts/failing.yaml
$ check-contract contracts/failing.yaml
check-contract: error: contracts/failing.yaml: the test 'prevention is free' fails: formula 'copay' is '0', expected '1'
[1]
$ echo '99215,1,more' >> contracts/fees.csv
$ check-contract contracts/example-ppo.yaml
check-contract: error: contracts/example-ppo.yaml:24:33: 'fees.csv' has another SHA-256
check-contract: hint: if that is meant: sha256: 8fe2811d13c04df6a665cec595100b9bda91c93fbd06f62af702d3685dcca2f9
[1]
$ check-contract
check-contract: error: file is required
check-contract: hint: see check-contract --help
[2]
$ check-contract nowhere.yaml
check-contract: error: cannot open nowhere.yaml: No such file or directory
[3]
$ echo '{"lin":{}}' | check-contract contracts/example-ppo.yaml --input -
check-contract: error: contracts/example-ppo.yaml:24:33: 'fees.csv' has another SHA-256
check-contract: hint: if that is meant: sha256: 8fe2811d13c04df6a665cec595100b9bda91c93fbd06f62af702d3685dcca2f9
[1]

# On the chain a name belongs to who deployed it first, and a version only follows a smaller one.
$ cp "$EXAMPLES/../contracts/fees.csv" contracts/fees.csv
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ deploy-contract contracts/example-ppo.yaml -k mercy | jq -r .status
pending
$ deploy-contract contracts/example-ppo.yaml -k mercy
deploy-contract: error: version 1 is there already
[1]
$ mine | jq -r .type
block
$ sed 's/^version: 1/version: 2/; s/deductible: 150000/deductible: 200000/' contracts/example-ppo.yaml > contracts/v2.yaml
$ deploy-contract contracts/v2.yaml --from 5 -k mercy | jq -c '[.data.version, .data.from]'
["2","5"]
$ keygen other --quiet | jq -r .type
key
$ deploy-contract contracts/v2.yaml -k other
deploy-contract: error: only an enrolled organisation or professional deploys contracts
[1]
$ mine | jq -r .type
block
$ list contracts --format text
contract     version  from  kind        owner
example-ppo        1     1  claim.plan  mercy
$ list contracts | jq -c '.data.versions | map([.version, .from])'
[["1","1"],["2","5"]]
$ deploy-contract contracts/typo.yaml -k mercy
deploy-contract: error: contracts/typo.yaml:42:11: rule 'cosmetic': line 1, column 6: 'line' has no field 'cod'\x0a  line.cod in cosmetic\x0a       ^
deploy-contract: hint: did you mean 'code'?
[1]
$ deploy-contract contracts/v2.yaml -k mercy -L nowhere
deploy-contract: error: there is no ledger in 'nowhere'
deploy-contract: hint: carechain init-ledger --solo -L nowhere
[3]
$ deploy-contract
deploy-contract: error: --key is required
deploy-contract: hint: give --key, or set CARECHAIN_KEY
[2]
$ list effects
