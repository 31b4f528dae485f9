-- Where the two calls differ in their variant, the division fails.
SELECT 1 / (count(DISTINCT variant) = 1 AND count(*) = 4)::integer FROM judgement;
