# EPCIS documents: what is well formed is captured, the rest refused whole, with the reason.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ echo '{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2023-01-02T00:00:00Z","epcisBody":{"eventList":[{"type":"ObjectEvent","eventTime":"2023-01-01T12:00:00+01:00","eventTimeZoneOffset":"+01:00","epcList":["urn:epc:id:sgtin:030001.0012345.11"],"action":"OBSERVE","bizStep":"cbv:BizStep-shipping","readPoint":{"id":"urn:epc:id:sgln:030001.111111.0"}},{"type":"ObjectEvent","eventTime":"2023-01-01T08:00:00Z","eventTimeZoneOffset":"+00:00","epcList":["https://id.gs1.org/01/00300010123455/21/11"],"action":"ADD","bizStep":"commissioning","readPoint":{"id":"urn:epc:id:sgln:030001.111111.0"},"ilmd":{"cbvmda:lotNumber":"A1","cbvmda:itemExpirationDate":"2030-12-31"}}]}}' > document.json
$ echo '<ObjectEvent><eventTime>2023-01-03T12:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sgtin:030001.0012345.11</epc></epcList><action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:receiving</bizStep><readPoint><id>urn:epc:id:sgln:039999.999999.0</id></readPoint></ObjectEvent>' > event.xml
$ echo '{"type":"ObjectEvent","eventTime":"yesterday","action":"ADD"}' > bad.json
$ capture-events document.json event.xml bad.json -k mercy --summary --format text
document.json: 2 events
event.xml: 1 events
bad.json: refused: event 1: 'yesterday' is no instant with a time zone: 2026-03-04T11:00:30.000+01:00
[1]
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ trace-drug '(01)00300010123455(21)11' --format text | head -8
01/00300010123455/21/11
lot A1, expires 2030-12-31
held by 0399999999991, owned by 0300011111116
when                  step             disposition          where
2023-01-01T08:00:00Z  commissioning ?            -  0300011111116
2023-01-01T11:00:00Z  shipping ?                 -  0300011111116
2023-01-03T12:00:00Z  receiving ?                -  0399999999991
R01 warning: no such product in the master data (a74588e26401d12d)
$ capture-events document.json event.xml -k mercy --summary --format text
document.json: captured before
event.xml: captured before
$ jq . document.json > again.json
$ capture-events document.json again.json again.json -k mercy --summary | jq -c '[.data.file, .status, .data.events]'
["document.json","known",0]
["again.json","pending",2]
["again.json","known",0]
$ capture-events document.json again.json -k mercy
capture-events: document.json: captured before
capture-events: again.json: captured before
$ cat event.xml | capture-events - -k mercy --offline | jq -r .status
pending
$ verify-chain --format text | tail -1
sound

# What did not occur is declared in error by the same event again: the thing is on its way as before.
$ echo '{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"ObjectEvent","eventTime":"2023-01-03T12:00:00Z","eventTimeZoneOffset":"+00:00","epcList":["urn:epc:id:sgtin:030001.0012345.11"],"action":"OBSERVE","bizStep":"receiving","readPoint":{"id":"urn:epc:id:sgln:039999.999999.0"},"errorDeclaration":{"declarationTime":"2023-01-04T00:00:00Z","reason":"did_not_occur"}}' > error.json
$ capture-events error.json -k mercy --summary --format text
error.json: 1 events
$ trace-drug '(01)00300010123455(21)11' --format text | sed -n '3p;$p'
in transit from 0300011111116 to 0399999999991, owned by 0300011111116
R17 warning: the event's time is before its commissioning, in the future or out of order (a6361d4d7fba309b, 86c1a433895f7b65)

# Nothing captured: 1. A command line that makes no sense: 2. Could not find out: 3.
$ capture-events bad.json -k mercy
capture-events: bad.json: refused: event 1: 'yesterday' is no instant with a time zone: 2026-03-04T11:00:30.000+01:00
[1]
$ capture-events -k mercy
capture-events: error: files is required
capture-events: hint: see capture-events --help
[2]
$ capture-events nowhere.json -k mercy
capture-events: error: cannot open nowhere.json: No such file or directory
[3]
