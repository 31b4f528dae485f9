-- Rules that are mistakes are refused with their place and key, and rdf_policy_lint lists them all at once.

CREATE FUNCTION mistakes(rules jsonb) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', severity, code, message) FROM rdf_policy_lint(rules) $$;

-- Datatypes that nothing has.
SELECT mistakes('[{"property": "p", "datatype": "strng"}, {"property": "p", "datatype": "xsd:strng"}, {"property": "p", "datatype": "xsd:Integer"},
    {"property": "p", "datatype": "text"}, {"property": "p", "datatype": "rdfs:Literal"}, {"property": "p", "datatype": "rdf:langstring"},
    {"property": "p", "datatype": "<http://www.w3.org/2001/XMLSchema#QName>"}, {"property": "p", "datatype": ""}, {"property": "p", "datatype": "sh:IRI"}]');
-- What no value can meet.
SELECT mistakes('[{"property": "p", "minLength": 5, "maxLength": 2}, {"property": "p", "minCount": 2, "maxCount": 1}, {"property": "p", "required": true, "maxCount": 0},
    {"property": "p", "minValue": 2, "maxValue": 1}, {"property": "p", "minExclusive": 1, "maxExclusive": 1.0}, {"property": "p", "minValue": 1, "maxExclusive": 1},
    {"property": "p", "minExclusive": 1, "maxValue": 1}, {"property": "p", "datatype": "date", "minValue": "2021-01-01", "maxValue": "2020-01-01"},
    {"property": "p", "datatype": "string", "class": "C"}, {"property": "p", "datatype": "string", "nodeKind": "IRI"}, {"property": "p", "datatype": "string", "languageIn": ["en"]},
    {"property": "p", "minCount": 99999999999999999999, "maxCount": 9}]');
SELECT mistakes('[{"property": "p", "datatype": "integer", "in": [1, "x"]}, {"property": "p", "datatype": "integer", "hasValue": 1.5}, {"property": "p", "datatype": "date", "in": ["2020-02-30"]},
    {"property": "p", "datatype": "string", "hasValue": {"value": "x", "language": "en"}}, {"property": "p", "datatype": "string", "in": [{"value": "urn:x", "type": "uri"}]},
    {"property": "p", "datatype": "rdf:langString", "in": ["x"]}, {"property": "p", "datatype": "boolean", "hasValue": "yes"}]');
SELECT mistakes('[{"property": "p", "hasValue": 1, "maxCount": 0}, {"property": "p", "class": "C", "minValue": 1}, {"property": "p", "class": "C", "nodeKind": "Literal"},
    {"property": "p", "nodeKind": "BlankNodeOrIRI", "maxExclusive": 1}, {"property": "p", "nodeKind": "IRI", "languageIn": ["en"]}, {"property": "p", "nodeKind": "BlankNode", "pattern": "a"}]');
-- And what some can.
SELECT mistakes('[{"property": "p", "minLength": 2, "maxLength": 2}, {"property": "p", "minCount": 0, "maxCount": 0}, {"property": "p", "minValue": 1, "maxValue": 1.0},
    {"property": "p", "minExclusive": 1, "maxExclusive": 2, "minValue": 1, "maxValue": 2}, {"property": "p", "datatype": "string", "nodeKind": "IRIOrLiteral"},
    {"property": "p", "datatype": "rdf:langString", "languageIn": ["*"]}, {"property": "p", "required": false, "maxCount": 0},
    {"property": "p", "datatype": "rdf:langString", "in": [{"value": "x", "language": "en"}]}, {"property": "p", "datatype": "<urn:my:type>", "in": ["x", 5]},
    {"property": "p", "datatype": "decimal", "in": [1, 1.5, "2"]}, {"property": "p", "datatype": "boolean", "in": [true]},
    {"property": "p", "class": "C", "nodeKind": "IRI", "pattern": "a"}, {"property": "p", "hasValue": 1, "maxCount": 1}, {"property": "p", "nodeKind": "Literal", "minValue": 1}]');
-- Values of wrong types, empty lists, words that there are not.
SELECT mistakes('[{"property": "p", "in": []}, {"property": "p", "languageIn": []}, {"property": "p", "languageIn": "en"}, {"property": "p", "languageIn": ["en", "de_AT", 5, ""]},
    {"property": "p", "message": 5}, {"property": "p", "message": {"en": "x"}}, {"property": "p", "severity": "warning"}, {"property": "p", "severity": "Error"}, {"property": "p", "severity": "sh:Fatal"},
    {"property": "p", "severity": 1}, {"property": "p", "uniqueLang": "yes"}, {"property": "p", "hasValue": null}, {"property": "p", "hasValue": ["a"]}, {"property": "p", "hasValue": {"value": "x", "type": "bnode"}},
    {"property": "p", "datatype": "integer", "minExclusive": "five"}, {"property": "p", "maxExclusive": "5"}, {"property": "p", "class": 5}, {"property": "p", "class": ""}, {"property": "p", "node": 5},
    {"property": "p", "nodeKind": "Litteral"}, {"property": "p", "pattern": "("}, {"property": "p", "pattern": "a", "flags": "z"}, {"property": "p", "pattern": "(a)\\1"}, {"property": "p", "flags": "i"}, "p", 5]');
-- Keys that there are not, or not there.
SELECT mistakes('[{"property": "p", "minLenght": 3, "Pattern": "a", "maximum": 5}, {"proprety": "p"}, {"property": "p", "closed": true}, {"closed": true, "minCount": 1}, {"property": "p", "ignoredProperties": []},
    {"ignoredProperties": ["q"]}, {"closed": "yes"}, {"closed": true, "ignoredProperties": "q"}, {"closed": true, "ignoredProperties": [5]}, {"closed": true}, {"closed": true, "message": "again"}, {}]');
-- Twice the same.
SELECT mistakes('[{"property": "a", "required": true}, {"property": "b", "required": true}, {"required": true, "property": "a"}, {"property": "a", "required": true}]');
SELECT mistakes('{"A": {"rules": {"property": "a"}}, "<urn:rdfpolicy:name:A>": {"rules": {"property": "b"}}}');
-- No error hides another, in one rule either.
SELECT mistakes('{"A": {"rules": [{"property": "a", "datatype": "strng", "pattern": "(", "severity": "bad", "node": "Bee", "in": []}], "targetClass": "C"}, "Beer": {"rule": {}},
    "": {"rules": {"property": "a", "flags": "i"}}, "D": 5, "E": {"rules": {"property": "a", "minLenth": 1}, "target_class": 5}, "F": {"rules": {"property": "a"}, "target_class": ""}}');

SELECT mistakes('[{"property": "p", "minLength": 5, "maxLength": 2, "minCount": 2, "maxCount": 1, "minValue": 2, "maxValue": 1, "minlength": 1},
    {"property": "p", "datatype": "strng", "minCount": 2, "maxCount": 1, "class": "C"}]');

-- Shapes that "node" names: of one shape alone the others are not known, so that is a warning.
SELECT mistakes('{"A": {"rules": {"property": "a", "node": "Adress"}}, "Address": {"rules": {"property": "b", "node": "A"}}}');
SELECT mistakes('{"A": {"rules": {"property": "a", "node": "Zebra"}}}');
SELECT mistakes('{"property": "a", "node": "Address"}');

-- What rdf_policy_source() gives is text: it is looked at as what it is.
SELECT rdf_policy_apply('rule_text', '{"S": {"rules": {"property": "q", "required": true}}}'::jsonb);
SELECT * FROM rdf_policy_lint(rdf_policy_source('rule_text', 1));
SELECT code, message FROM rdf_policy_lint(E' \n{ "S": {"rules": {"property": "q", "requird": true}}}');
SELECT code, message FROM rdf_policy_lint('[ {"property": "q", "requird": true}]');
SELECT code FROM rdf_policy_lint('{}');
SELECT code FROM rdf_policy_lint('{ <urn:a> <urn:b> <urn:c> }');
SELECT code FROM rdf_policy_lint('[ <urn:a> <urn:b> ] .');
SELECT code FROM rdf_policy_lint('{');
SELECT rdf_policy_drop('rule_text');

-- Registering refuses the first, stages nothing, and says what to do.
SELECT rdf_policy_register_shape('rule_bad', 'S', '[{"property": "p"}, {"property": "q", "datatype": "xsd:strng"}]');
SELECT rdf_policy_register_shape('rule_bad', 'S', '[{"property": "p"}, {"property": "q", "minLength": 5, "maxLength": 2}]');
SELECT rdf_policy_register_shape('rule_bad', 'S', '{"property": "q", "in": []}');
SELECT rdf_policy_register_shape('rule_bad', 'S', '{"property": "q", "severity": "warnin"}');
SELECT rdf_policy_register_shape('rule_bad', 'S', '{"property": "q", "node": "T"}');
SELECT rdf_policy_register_shape('rule_bad', 'S', '{"property": "q", "pattern": "a{2000}"}');
SELECT rdf_policy_apply('rule_bad', '{"S": {"rules": {"property": "q"}, "class": "C"}}'::jsonb);
SELECT count(*) FROM rdf_policies WHERE policy = 'rule_bad';

DROP FUNCTION mistakes(jsonb);
