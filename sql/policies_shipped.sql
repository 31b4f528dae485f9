-- The policies that come with the extension: each is read from where it is installed, registered, put in force, and judges
-- a document that conforms and one that does not.

\pset format unaligned
\pset tuples_only on
SELECT setting || '/rdfpolicy/policies/' AS folder FROM pg_config WHERE name = 'SHAREDIR' \gset

SELECT rdf_policy_register('shipped_' || name, pg_read_file(:'folder' || name || '.ttl'))
    FROM unnest(ARRAY['dcat', 'foaf', 'person']) AS name;
SELECT policy, success, version, shapes > 0 AS has_shapes, error FROM rdf_policy_reload() WHERE policy LIKE 'shipped%' ORDER BY policy;
SELECT policy, label, source FROM rdf_policies WHERE policy LIKE 'shipped%' ORDER BY policy;
-- What they target.
SELECT policy, shape, targets FROM rdf_policy_shapes WHERE policy LIKE 'shipped%' AND targets <> '{}' ORDER BY policy, shape;

-- person.ttl
SELECT rdf_validate('
    PREFIX schema: <http://schema.org/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:ada a schema:Person ; schema:name "Ada Lovelace"@en, "Ada King" ; schema:givenName "Ada" ; schema:familyName "Lovelace" ;
        schema:email "ada@example.org" ; schema:telephone "+44 20 7946 0000" ;
        schema:birthDate "1815-12-10"^^xsd:date ; schema:deathDate "1852-11-27"^^xsd:date ;
        schema:url <http://example.org/~ada> ; schema:knows ex:charles ;
        schema:address [ a schema:PostalAddress ; schema:addressLocality "London" ; schema:addressCountry "GB" ; schema:postalCode "SW1Y 4LE" ] .',
    'shipped_person') AS conforms;
SELECT focus_node, result_path, value, violation_type, result_message FROM rdf_validation_report('
    PREFIX schema: <http://schema.org/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:nobody a schema:Person ; schema:email "nobody at home", "a@b.org" ; schema:telephone "none" .
    ex:ada a schema:Person ; schema:name "", 5 ; schema:givenName "" ;
        schema:birthDate "1852-11-27"^^xsd:date ; schema:deathDate "1815-12-10"^^xsd:date, "1815"^^xsd:gYear ;
        schema:url "http://example.org/" ; schema:knows "Charles" ; schema:address "London" .
    ex:home a schema:PostalAddress ; schema:addressCountry "gb" ; schema:postalCode "?" .',
    'shipped_person') ORDER BY focus_node, result_path, violation_type, value;

-- foaf.ttl
SELECT rdf_validate('
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX ex: <http://example.org/>
    ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:mbox <mailto:ann@example.org> ; foaf:age 42 ; foaf:birthday "12-31" ;
        foaf:mbox_sha1sum "0123456789ABCDEF0123456789abcdef01234567" ; foaf:homepage <http://example.org/~ann> ; foaf:knows ex:bob .
    ex:bob a foaf:Person ; foaf:nick "bob" .
    ex:all a foaf:Group ; foaf:member ex:ann, ex:bob .
    ex:card a foaf:PersonalProfileDocument ; foaf:maker ex:ann ; foaf:primaryTopic ex:ann .',
    'shipped_foaf') AS conforms;
SELECT focus_node, result_path, value, violation_type, result_message FROM rdf_validation_report('
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX ex: <http://example.org/>
    ex:ann a foaf:Person ; foaf:mbox "ann@example.org" ; foaf:age 151 ; foaf:birthday "31-12" .
    ex:bob a foaf:Person ; foaf:name "" ; foaf:knows "Ann" .
    ex:firm a foaf:Organization ; foaf:mbox <http://example.org/mail> ; foaf:mbox_sha1sum "abc" ; foaf:homepage "none" .
    ex:all a foaf:Group ; foaf:member ex:ann, ex:stranger .
    ex:page a foaf:Document ; foaf:primaryTopic ex:ann, ex:bob ; foaf:topic "Ann" .
    ex:card a foaf:PersonalProfileDocument ; foaf:primaryTopic ex:all .',
    'shipped_foaf') ORDER BY focus_node, result_path, violation_type, value;

-- dcat.ttl
SELECT rdf_validate('
    PREFIX dcat: <http://www.w3.org/ns/dcat#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:office foaf:name "Office of Statistics" .
    ex:catalog a dcat:Catalog ; dcterms:title "Open data"@en, "Offene Daten"@de ; dcterms:description "All that we publish" ;
        dcterms:publisher ex:office ; dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ;
        dcterms:issued "2020"^^xsd:gYear ; dcterms:modified "2024-02-29"^^xsd:date ; dcat:dataset ex:census ; foaf:homepage <http://example.org/> .
    ex:census a dcat:Dataset ; dcterms:title "Census" ; dcterms:description "Inhabitants by place and year" ;
        dcterms:publisher ex:office ; dcterms:issued "2021-03-01T12:00:00Z"^^xsd:dateTime ; dcat:keyword "census"@en ;
        dcat:theme <http://publications.europa.eu/resource/authority/data-theme/SOCI> ; dcat:distribution ex:csv .
    ex:csv a dcat:Distribution ; dcat:downloadURL <http://example.org/census.csv> ; dcat:byteSize "1024"^^xsd:nonNegativeInteger ;
        dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;
        dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .',
    'shipped_dcat') AS conforms;
SELECT focus_node, result_path, value, violation_type, result_message FROM rdf_validation_report('
    PREFIX dcat: <http://www.w3.org/ns/dcat#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:catalog a dcat:Catalog ; dcterms:title "Open data"@en, "Free data"@en ; dcterms:description "Short" ;
        dcterms:publisher ex:office ; dcterms:issued "last year" ; dcat:dataset ex:census, ex:missing .
    ex:census a dcat:Dataset ; dcterms:title "Census" ; dcterms:description "Inhabitants by place and year" ;
        dcterms:publisher "the office" ; dcat:theme "society" ; dcat:keyword "x" .
    ex:csv a dcat:Distribution ; dcat:mediaType <http://example.org/csv> ; dcat:byteSize -1 ; dcterms:license "free" .',
    'shipped_dcat') ORDER BY focus_node, result_path, violation_type, value;

SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy LIKE 'shipped%';
