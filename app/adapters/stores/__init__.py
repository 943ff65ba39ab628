"""Stores: how conversations, referrals and staff are kept. Each works inside a transaction somebody else opened."""

from app.adapters.stores.audit import AuditLog as AuditLog
from app.adapters.stores.conversations import ConversationStore as ConversationStore
from app.adapters.stores.conversations import Kept as Kept
from app.adapters.stores.receipts import ReceiptStore as ReceiptStore
from app.adapters.stores.referrals import ReferralStore as ReferralStore
from app.adapters.stores.staff import StaffRecord as StaffRecord
from app.adapters.stores.staff import StaffStore as StaffStore
