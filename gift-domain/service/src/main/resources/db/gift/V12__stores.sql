-- Purchases that an app pays at its store, and a viewer's checkouts in one list with what is paid.

alter table domain.checkout alter column url drop not null;
alter table domain.checkout add column in_app jsonb;
alter table domain.checkout add constraint checkout_page_or_app check ((url is null) <> (in_app is null));

comment on column domain.checkout.in_app is 'What the app hands to its store; null when the buyer pays on a page.';

create index checkout_of_viewer on domain.checkout (viewer_id, created_at desc, purchase_id desc);
