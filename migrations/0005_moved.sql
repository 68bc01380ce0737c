-- What stood here stands in record and sent: before this step it was moved there (src/store/convert.rs).
DROP TABLE input;
DROP TABLE event;
