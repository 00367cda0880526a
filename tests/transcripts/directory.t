# The provider directory: who says what, on what evidence, how long ago.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ printf 'NPI,Entity Type Code,Provider Last Name (Legal Name),Provider First Name,Provider First Line Business Practice Location Address,Provider Business Practice Location Address City Name,Provider Business Practice Location Address State Name,Provider Business Practice Location Address Postal Code,Healthcare Provider Taxonomy Code_1\n1234567893,1,Ratke,Elizbeth,115 LINCOLN STREET,FRAMINGHAM,MA,01701,207Q00000X\n1234567890,1,Wrong,Digit,,,,,\n' > nppes.csv
$ register-provider nppes.csv --evidence nppes -k mercy | jq -r .type
register-provider: error: nppes.csv: nppes.csv:3: '1234567890' is no NPI
provider.register
$ register-provider --npi 1234567893 --set network.gold=in --set accepting.gold=yes -k mercy | jq -r .type
provider.register
$ mine | jq -r .type
block
$ find-provider --name ratke --place ma --format text
1234567893
  element         value                                    state     days  by     evidence
  accepting.gold  yes                                      accepted     0  mercy  primary-source
  kind            individual                               accepted     0  mercy  nppes
  name            Elizbeth Ratke                           accepted     0  mercy  nppes
  network.gold    in                                       accepted     0  mercy  primary-source
  place.1         115 LINCOLN STREET|FRAMINGHAM|MA|01701|  open         0  mercy  nppes
  status          active                                   accepted     0  mercy  nppes
  taxonomy.1      207Q00000X                               accepted     0  mercy  nppes
$ find-provider --network gold --specialty 207Q00000X | jq -c '[.id, (.data.elements | length)]'
["1234567893",7]
$ find-provider --name ratke --fhir | jq -c '[.entry[].resource.resourceType]'
["Practitioner","PractitionerRole","Location"]
$ keygen acme --quiet | jq -r .type
key
$ enroll-identity acme --role distributor -k mercy | jq -r .type
identity.enroll
$ mine | jq -r .type
block
$ attest-provider 1234567893 --path name --dispute 'Elizabeth Ratke' --evidence phone -k acme | jq -r .type
provider.attest
$ mine | jq -r .type
block
$ find-provider 1234567893 | jq -c '.data.elements[] | select(.path == "name") | [.value, .state, .disputes[0].value]'
["Elizbeth Ratke","disputed","Elizabeth Ratke"]
$ register-provider --npi 1234567893 --set 'name=Elizabeth Ratke' -k mercy | jq -r .type
provider.register
$ mine | jq -r .type
block
$ find-provider --name elizabeth | jq -c '.data.elements[] | select(.path == "name") | [.value, .state]'
["Elizabeth Ratke","accepted"]
$ find-provider --stale
find-provider: nobody in the directory fits
[1]
$ find-provider --name nobody
find-provider: nobody in the directory fits
[1]
$ attest-provider 1993999998 -k mercy
attest-provider: error: there is no provider 1993999998 in the directory
[1]
$ attest-provider 1234567893 --dispute x -k mercy
attest-provider: error: --dispute needs --path
[2]
$ register-provider --npi 1234567893 -k mercy
register-provider: error: give files, or --npi with --set
[2]
$ find-provider -L nowhere
find-provider: error: there is no ledger in 'nowhere'
find-provider: hint: carechain init-ledger --solo -L nowhere
[3]
