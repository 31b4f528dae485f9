-- Documents as people keep them in jsonb, each by a context that has the features of those in use: what they become, and
-- what a policy says of them, with the place.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default
SET rdfpolicy.staging_notice = off;

-- An entity of a context broker (NGSI-LD): terms, typed values, @type: @vocab, @list, and @vocab for what has no term.
SELECT rdf_context_register('https://example.org/broker.jsonld', '{"@context": {
    "@version": 1.1, "@protected": true,
    "ngsi": "https://example.org/ngsi#", "geo": "https://example.org/geo#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id", "type": "@type",
    "Property": "ngsi:Property", "Relationship": "ngsi:Relationship",
    "value": "ngsi:hasValue", "unitCode": "ngsi:unitCode",
    "object": {"@id": "ngsi:hasObject", "@type": "@id"},
    "observedAt": {"@id": "ngsi:observedAt", "@type": "xsd:dateTime"},
    "datasetId": {"@id": "ngsi:datasetId", "@type": "@id"},
    "status": {"@id": "ngsi:status", "@type": "@vocab"},
    "GeoProperty": "ngsi:GeoProperty", "Point": "geo:Point",
    "coordinates": {"@id": "geo:coordinates", "@container": "@list"},
    "@vocab": "https://example.org/default#"}}');
\set sensor '{"@context": "https://example.org/broker.jsonld", "id": "urn:ngsi-ld:Sensor:1", "type": "Sensor", "temperature": {"type": "Property", "value": 21.5, "unitCode": "CEL", "observedAt": "2026-01-01T12:00:00Z"}, "status": "active", "inRoom": {"type": "Relationship", "object": "urn:ngsi-ld:Room:7", "datasetId": "urn:x:1"}, "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [13.35, 52.51]}}}'
SELECT subject, predicate, object FROM rdf_parse(:'sensor'::jsonb);
-- The same as a broker expands it, which needs no context.
\set expanded '[{"@id": "urn:ngsi-ld:Sensor:1", "@type": ["https://example.org/default#Sensor"], "https://example.org/default#temperature": [{"@type": ["https://example.org/ngsi#Property"], "https://example.org/ngsi#hasValue": [{"@value": 21.5}], "https://example.org/ngsi#unitCode": [{"@value": "CEL"}], "https://example.org/ngsi#observedAt": [{"@value": "2026-01-01T12:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}]}]}]'
SELECT subject, predicate, object FROM rdf_parse(:'expanded'::jsonb);
SELECT rdf_policy_apply('sensors', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix n: <https://example.org/ngsi#> . @prefix d: <https://example.org/default#> .
    d:SensorShape sh:targetClass d:Sensor ; sh:property [ sh:path d:temperature ; sh:minCount 1 ; sh:maxCount 1 ; sh:node d:Measured ], [ sh:path d:battery ; sh:minCount 1 ] .
    d:Measured sh:property [ sh:path n:hasValue ; sh:maxInclusive 60.0 ], [ sh:path n:unitCode ; sh:in ( "CEL" "FAH" ) ] .
$$);
SELECT focus_node, result_path, violation_type, place FROM rdf_validation_report(:'sensor'::jsonb, 'sensors');
SELECT focus_node, result_path, value, violation_type, place, detail -> 0 -> 'context' ->> 'place' AS detail_place
FROM rdf_validation_report(jsonb_set(:'expanded', '{0,https://example.org/default#temperature,0,https://example.org/ngsi#hasValue,0,@value}', '99.5'), 'sensors');

-- A note and an actor of a server in the fediverse (ActivityStreams): aliases of keywords, @type: @id, @container: @language and
-- @list, an array of contexts with one inline, and @vocab "_:", by which what has no term becomes a blank node's property, which is dropped.
SELECT rdf_context_register('https://example.org/streams.jsonld', '{"@context": {
    "@vocab": "_:", "xsd": "http://www.w3.org/2001/XMLSchema#", "as": "https://example.org/streams#", "ldp": "http://www.w3.org/ns/ldp#",
    "id": "@id", "type": "@type", "Note": "as:Note", "Person": "as:Person", "Mention": "as:Mention",
    "content": "as:content", "contentMap": {"@id": "as:content", "@container": "@language"},
    "name": "as:name", "attributedTo": {"@id": "as:attributedTo", "@type": "@id"}, "to": {"@id": "as:to", "@type": "@id"},
    "tag": {"@id": "as:tag", "@type": "@id"}, "href": {"@id": "as:href", "@type": "@id"},
    "published": {"@id": "as:published", "@type": "xsd:dateTime"},
    "inbox": {"@id": "ldp:inbox", "@type": "@id"}, "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "Public": {"@id": "as:Public", "@type": "@id"}}}');
\set note '{"@context": ["https://example.org/streams.jsonld", {"ostatus": "http://ostatus.org#", "conversation": "ostatus:conversation", "sensitive": "as:sensitive"}], "id": "https://social.example/notes/1", "type": "Note", "attributedTo": "https://social.example/ann", "to": ["as:Public"], "content": "Hello", "contentMap": {"en": "Hello", "de": "Hallo"}, "published": "2026-01-01T12:00:00Z", "sensitive": false, "conversation": "tag:social.example,2026:1", "tag": [{"type": "Mention", "href": "https://social.example/bob", "name": "@bob"}], "misspelt": 1}'
SELECT subject, predicate, object FROM rdf_parse(:'note'::jsonb);
\set actor '{"@context": ["https://example.org/streams.jsonld", {"toot": "http://joinmastodon.org/ns#", "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"}, "publicKey": {"@id": "https://w3id.org/security#publicKey", "@type": "@id"}, "owner": {"@id": "https://w3id.org/security#owner", "@type": "@id"}}], "id": "https://social.example/ann", "type": "Person", "name": "Ann", "inbox": "/inbox/ann", "focalPoint": [-0.5, 0.25], "publicKey": {"id": "https://social.example/ann#key", "owner": "https://social.example/ann"}}'
SELECT subject, predicate, object FROM rdf_parse(:'actor'::jsonb, 'https://social.example/');
SELECT count(*) FROM rdf_parse(:'actor'::jsonb);

-- A credential: @protected terms, contexts of types and of properties, and a proof, which is a graph of its own.
SELECT rdf_context_register('https://example.org/credentials.jsonld', '{"@context": {
    "@version": 1.1, "@protected": true, "id": "@id", "type": "@type",
    "VerifiableCredential": {"@id": "https://example.org/cred#VerifiableCredential", "@context": {
        "@version": 1.1, "@protected": true, "cred": "https://example.org/cred#", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "credentialSubject": {"@id": "cred:credentialSubject", "@type": "@id"},
        "issuer": {"@id": "cred:issuer", "@type": "@id"},
        "validFrom": {"@id": "cred:validFrom", "@type": "xsd:dateTime"},
        "credentialSchema": {"@id": "cred:credentialSchema", "@type": "@id", "@context": {"JsonSchema": "cred:JsonSchema"}},
        "renderMethod": {"@id": "cred:renderMethod", "@type": "@json"},
        "proof": {"@id": "https://example.org/sec#proof", "@type": "@id", "@container": "@graph"}}},
    "DataIntegrityProof": {"@id": "https://example.org/sec#DataIntegrityProof", "@context": {
        "@protected": true, "sec": "https://example.org/sec#",
        "proofPurpose": {"@id": "sec:proofPurpose", "@type": "@vocab", "@context": {"assertionMethod": {"@id": "https://example.org/sec#assertionMethod", "@type": "@id"}}},
        "verificationMethod": {"@id": "sec:verificationMethod", "@type": "@id"}, "proofValue": "sec:proofValue"}}}}');
\set credential '{"@context": ["https://example.org/credentials.jsonld", {"degree": "https://example.org/degree"}], "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "type": ["VerifiableCredential"], "issuer": "https://university.example/issuers/14", "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": {"id": "did:example:ebfeb1", "degree": "Bachelor"}, "renderMethod": {"css": "x", "b": [1, 1e2]}, "proof": {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod", "verificationMethod": "did:example:key", "proofValue": "z58"}}'
SELECT subject, predicate, object FROM rdf_parse(:'credential'::jsonb);
SELECT graph, predicate, object FROM rdf_parse_quads(:'credential'::jsonb) WHERE graph IS NOT NULL;
SELECT count(*) FROM rdf_parse(jsonb_set(:'credential', '{@context,1,issuer}', '"https://example.org/mine"'));

-- A page (schema.org): a term for each name by @vocab, numbers, dates, nested objects without @id.
SELECT rdf_context_register('https://example.org/pages.jsonld', '{"@context": {"@vocab": "https://schema.example/", "id": "@id", "type": "@type",
    "url": {"@id": "https://schema.example/url", "@type": "@id"}, "datePublished": {"@id": "https://schema.example/datePublished", "@type": "https://schema.example/Date"},
    "image": {"@type": "@id"}, "sameAs": {"@type": "@id"}}}');
\set page '{"@context": "https://example.org/pages.jsonld", "@type": "Recipe", "name": "Cake", "url": "https://cakes.example/1", "datePublished": "2026-01-01", "author": {"@type": "Person", "name": "Ann"}, "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4.5, "reviewCount": 250}, "recipeIngredient": ["flour", "sugar"]}'
SELECT subject, predicate, object FROM rdf_parse(:'page'::jsonb);
SELECT rdf_policy_apply('recipes', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://schema.example/> .
    s:RecipeShape sh:targetClass s:Recipe ; sh:property [ sh:path s:recipeIngredient ; sh:maxCount 1 ], [ sh:path s:author ; sh:node s:Named ], [ sh:path s:image ; sh:minCount 1 ],
        [ sh:path ( s:aggregateRating s:ratingValue ) ; sh:maxInclusive 4 ] .
    s:Named sh:property [ sh:path s:name ; sh:minLength 4 ] .
$$);
SELECT result_path, value, violation_type, place FROM rdf_validation_report(:'page'::jsonb, 'recipes') ORDER BY place, result_path;

-- A catalogue (DCAT): @container: @set, contexts of types, @index and @id containers, @reverse, @nest and @included.
SELECT rdf_context_register('https://example.org/catalogue.jsonld', '{"@context": {
    "@version": 1.1, "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Catalog": {"@id": "dcat:Catalog", "@context": {"title": {"@id": "dct:title", "@container": ["@language", "@set"]}, "dataset": {"@id": "dcat:dataset", "@type": "@id", "@container": "@set"}}},
    "Dataset": {"@id": "dcat:Dataset", "@context": {"title": {"@id": "dct:title", "@language": "en"}, "issued": {"@id": "dct:issued", "@type": "xsd:date"},
        "distribution": {"@id": "dcat:distribution", "@container": "@id"}, "keyword": {"@id": "dcat:keyword", "@container": "@index"},
        "inCatalog": {"@reverse": "dcat:dataset", "@type": "@id"}, "about": "@nest"}},
    "Distribution": {"@id": "dcat:Distribution", "@context": {"byteSize": {"@id": "dcat:byteSize", "@type": "xsd:decimal"}, "format": {"@id": "dct:format", "@type": "@vocab", "@context": {"@vocab": "https://formats.example/"}}}}}}');
\set catalogue '{"@context": "https://example.org/catalogue.jsonld", "@id": "catalog", "@type": "Catalog", "title": {"en": ["Data"], "sv": "Data"}, "dataset": [{"@id": "dataset/1", "@type": "Dataset", "about": {"title": "First", "issued": "2026-01-01"}, "keyword": {"a": "air", "b": ["water", "fire"]}, "distribution": {"dataset/1/csv": {"@type": "Distribution", "byteSize": 10.5, "format": "csv"}}}], "@included": [{"@id": "dataset/2", "@type": "Dataset", "inCatalog": "catalog"}]}'
SELECT subject, predicate, object FROM rdf_parse(:'catalogue'::jsonb, 'https://data.example/');

-- A record of a library: one context of its own, which the rows do not name, and @graph with a record and its things.
SELECT rdf_context_register('https://example.org/library.jsonld', '{"@context": {
    "@vocab": "https://library.example/vocab/", "@language": null,
    "mainEntity": {"@type": "@id"}, "instanceOf": {"@type": "@id"}, "language": {"@type": "@id"}, "hasTitle": {"@container": "@set"}, "mainTitleByLang": {"@id": "mainTitle", "@container": "@language"}}}');
\set record '{"@graph": [{"@id": "rec1", "@type": "Record", "mainEntity": {"@id": "rec1#it"}}, {"@id": "rec1#it", "@type": "Instance", "hasTitle": [{"@type": "Title", "mainTitle": "Röda rummet", "mainTitleByLang": {"en": "The red room"}}], "instanceOf": {"@type": "Text", "language": [{"@id": "language/swe"}]}}]}'
SELECT subject, predicate, object FROM rdf_parse(:'record'::jsonb, 'https://library.example/', context => 'https://example.org/library.jsonld');
SELECT rdf_policy_apply('library', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix v: <https://library.example/vocab/> .
    v:InstanceShape sh:targetClass v:Instance ; sh:property [ sh:path v:hasTitle ; sh:node v:TitleShape ], [ sh:path v:publication ; sh:minCount 1 ] .
    v:TitleShape sh:property [ sh:path v:mainTitle ; sh:maxCount 1 ] .
$$, context => 'https://example.org/library.jsonld');
SELECT focus_node, result_path, violation_type, place, detail -> 0 -> 'context' ->> 'place' AS detail_place FROM rdf_validation_report(:'record'::jsonb, 'library', base_iri => 'https://library.example/');

SELECT rdf_policy_drop(policy) FROM unnest('{sensors,recipes,library}'::text[]) AS policy;
SELECT rdf_context_drop(iri) FROM rdf_contexts ORDER BY iri;
RESET rdfpolicy.staging_notice;
