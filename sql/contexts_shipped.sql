-- The contexts that come with the extension: each is read from where it is installed, registered, and reads a document of its kind.

\pset format unaligned
\pset tuples_only on
SELECT setting || '/rdfpolicy/policies/' AS folder FROM pg_config WHERE name = 'SHAREDIR' \gset

SELECT iri, rdf_context_register(iri, pg_read_file(:'folder' || 'contexts/' || file || '.jsonld')) FROM (VALUES
    ('urn:rdfpolicy:context:dcat', 'dcat'), ('urn:rdfpolicy:context:foaf', 'foaf'), ('urn:rdfpolicy:context:person', 'person'),
    ('https://www.w3.org/ns/activitystreams', 'activitystreams'), ('https://www.w3.org/2018/credentials/v1', 'credentials-v1'),
    ('https://www.w3.org/ns/credentials/v2', 'credentials-v2'), ('https://www.w3.org/ns/did/v1', 'did-v1')) c (iri, file);
SELECT iri, terms, includes FROM rdf_contexts ORDER BY iri;
-- All that lie there are registered above.
SELECT count(*) FROM pg_ls_dir(:'folder' || 'contexts') AS file WHERE file LIKE '%.jsonld';

-- The three for the policies that come with the extension, each as the context of documents that have none.
SELECT rdf_policy_apply('read_' || name, pg_read_file(:'folder' || name || '.ttl'), context => 'urn:rdfpolicy:context:' || name, require_focus => true, dropped => 'error')
    FROM unnest(ARRAY['dcat', 'foaf', 'person']) AS name;
SELECT policy, place, result_path, value, violation_type FROM (VALUES
    ('person', '{"id": "http://example.org/ada", "type": "Person", "name": "Ada Lovelace", "email": "ada at example.org", "birthDate": "1815-12-10",
                 "address": {"type": "PostalAddress", "addressLocality": "London", "addressCountry": "gb"}}'::jsonb),
    ('foaf', '{"id": "http://example.org/ada", "type": "Person", "name": "Ada", "age": 436, "mbox": "mailto:ada@example.org"}'),
    ('dcat', '{"id": "http://example.org/census", "type": "Dataset", "title": {"en": "Census", "fr": "Recensement"}, "description": {"en": "Inhabitants by place and year"}, "issued": "last year",
               "publisher": {"id": "http://example.org/office", "name": "The office"}}')) d (name, document),
    rdf_validation_report(document, 'read_' || name) ORDER BY policy, place;
SELECT rdf_validate('{"id": "http://example.org/ada", "type": "Person", "name": "Ada", "naem": "Ada"}'::jsonb, 'read_person');
SELECT rdf_validate('{"id": "http://example.org/ada", "type": ["Person", "Mathematician"], "name": "Ada"}'::jsonb, 'read_person');

-- A note and who wrote it: "_:" as @vocab makes the key that is nobody's a blank node, which is no predicate.
SELECT subject, predicate, object FROM rdf_parse('{"@context": ["https://www.w3.org/ns/activitystreams", {"toot": "http://joinmastodon.org/ns#", "featured": {"@id": "toot:featured", "@type": "@id"}}],
    "id": "https://social.example/notes/1", "type": "Note", "attributedTo": {"id": "https://social.example/ada", "type": "Person", "preferredUsername": "ada", "featured": "https://social.example/ada/featured"},
    "published": "2026-11-26T10:00:00Z", "contentMap": {"en": "Hello", "fr": "Bonjour"}, "to": ["as:Public"], "mood": "good"}'::jsonb) ORDER BY 1, 2, 3;

-- Credentials: what is signed is in the default graph, the proof in a graph of its own; a term may not be given another meaning.
SELECT subject, predicate, object, graph FROM rdf_parse_quads('{"@context": ["https://www.w3.org/2018/credentials/v1", {"degree": "http://example.org/degree"}],
    "id": "http://university.example/credentials/1", "type": ["VerifiableCredential"], "issuer": "https://university.example/issuers/1", "issuanceDate": "2010-01-01T19:23:24Z",
    "credentialSubject": {"id": "did:example:ada", "degree": "Bachelor"},
    "proof": {"type": "Ed25519Signature2018", "created": "2020-06-18T21:19:10Z", "proofPurpose": "assertionMethod", "verificationMethod": "https://university.example/keys/1", "jws": "e30..x"}}'::jsonb)
    ORDER BY 4 NULLS FIRST, 1, 2, 3;
SELECT subject, predicate, object, graph FROM rdf_parse_quads('{"@context": "https://www.w3.org/ns/credentials/v2",
    "id": "http://university.example/credentials/2", "type": ["VerifiableCredential", "ExampleDegreeCredential"], "issuer": "did:example:issuer", "validFrom": "2010-01-01T19:23:24Z",
    "credentialSchema": {"id": "https://university.example/schemas/1", "type": "JsonSchema"}, "credentialSubject": {"id": "did:example:ada"},
    "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "verificationMethod": "https://university.example/keys/2", "proofPurpose": "assertionMethod", "proofValue": "zQ"}}'::jsonb)
    ORDER BY 4 NULLS FIRST, 1, 2, 3;
SELECT count(*) FROM rdf_parse('{"@context": ["https://www.w3.org/ns/credentials/v2", {"description": "http://example.org/description"}], "id": "http://university.example/credentials/3", "description": "x"}'::jsonb);

-- A DID document: a verification method is a node or its identifier, relative to no base.
SELECT subject, predicate, object FROM rdf_parse('{"@context": "https://www.w3.org/ns/did/v1", "id": "did:example:ada", "alsoKnownAs": "https://social.example/ada",
    "assertionMethod": ["did:example:ada#keys-1"], "service": [{"id": "did:example:ada#hub", "type": "LinkedDomains", "serviceEndpoint": "https://example.org"}]}'::jsonb) ORDER BY 1, 2, 3;

SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy LIKE 'read\_%';
SELECT count(rdf_policy_prune(policy, 0)) FROM (SELECT DISTINCT policy FROM rdf_policy_versions WHERE policy LIKE 'read\_%') v;
SELECT iri, rdf_context_drop(iri) FROM rdf_contexts ORDER BY iri;
