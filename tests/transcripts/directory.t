# The provider directory: who says what, on what evidence, how long ago.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ printf 'NPI,Entity Type Code,Provider Last Name (Legal Name),Provider First Name,Provider First Line Business Practice Location Address,Provider Business Practice Location Address City Name,Provider Business Practice Location Address State Name,Provider Business Practice Location Address Postal Code,Healthcare Provider Taxonomy Code_1\n1234567893,1,Ratke,Elizbeth,115 LINCOLN STREET,FRAMINGHAM,MA,01701,207Q00000X\n1234567890,1,Wrong,Digit,,,,,\n' > nppes.csv
$ register-provider nppes.csv --evidence nppes -k mercy | jq -r .type
$ register-provider --npi 1234567893 --set network.gold=in --set accepting.gold=yes -k mercy | jq -r .type
$ mine | jq -r .type
$ find-provider --name ratke --place ma --format text
$ find-provider --network gold --specialty 207Q00000X | jq -c '[.id, (.data.elements | length)]'
$ find-provider --name ratke --fhir | jq -c '[.entry[].resource.resourceType]'
$ keygen acme --quiet | jq -r .type
$ enroll-identity acme --role distributor -k mercy | jq -r .type
$ mine | jq -r .type
$ attest-provider 1234567893 --path name --dispute 'Elizabeth Ratke' --evidence phone -k acme | jq -r .type
$ mine | jq -r .type
$ find-provider 1234567893 | jq -c '.data.elements[] | select(.path == "name") | [.value, .state, .disputes[0].value]'
$ register-provider --npi 1234567893 --set 'name=Elizabeth Ratke' -k mercy | jq -r .type
$ mine | jq -r .type
$ find-provider --name elizabeth | jq -c '.data.elements[] | select(.path == "name") | [.value, .state]'
$ find-provider --stale
$ find-provider --name nobody
$ attest-provider 1993999998 -k mercy
$ attest-provider 1234567893 --dispute x -k mercy
$ register-provider --npi 1234567893 -k mercy
$ find-provider -L nowhere
